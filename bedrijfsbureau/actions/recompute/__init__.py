"""Recomputing a term of every dossier after a rule changed."""
