"""Decision support for pain after spine surgery, in which every statement can be followed to its source."""

__version__ = "0.1.0"
