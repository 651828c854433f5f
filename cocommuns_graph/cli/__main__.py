"""`python -m cocommuns_graph.cli`, where the command `cocommuns` is not on the path."""

import sys

from cocommuns_graph.cli.entry import main

sys.exit(main())
