from tests.graph.principals import *  # noqa: F403
