"""An application of Django, because viewflow looks for its flows in one."""
