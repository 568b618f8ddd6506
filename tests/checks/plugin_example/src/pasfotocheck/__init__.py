"""An example package with one check for bedrijfsbureau."""
