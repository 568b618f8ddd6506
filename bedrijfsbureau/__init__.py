"""A BPMN workflow engine for dossier completeness."""
