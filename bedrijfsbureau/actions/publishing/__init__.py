"""Putting a dossiersoort in use: its diagrams, forms, tables and policy examined, and kept as versions."""
