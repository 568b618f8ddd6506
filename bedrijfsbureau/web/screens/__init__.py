"""One module per screen: `screen` is its blueprint, named as its address is in Dutch."""
