"""A dossiersoort as it runs: read once per process, and asked by every command."""
