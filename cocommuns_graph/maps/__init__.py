"""Pictures of the graph: positions computed here, drawn by an exported page or by the app's live map."""

from cocommuns_graph.maps.columns import Arrangement
from cocommuns_graph.maps.component import component
from cocommuns_graph.maps.page import page
from cocommuns_graph.maps.picture import Picture, picture

__all__ = ["Arrangement", "Picture", "component", "page", "picture"]
