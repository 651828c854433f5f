"""Records that may be one and the same: likely pairs with a score and reasons."""
