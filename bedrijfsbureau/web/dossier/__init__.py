"""What the pages of one dossier show, worked out from queries and the dossiersoort; no request, no template."""
