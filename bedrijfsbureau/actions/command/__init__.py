"""The machinery of one command on one dossier: load it under its lock, change it, draw what follows, write it once."""
