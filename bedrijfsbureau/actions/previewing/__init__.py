"""What a policy would do to the dossiers that run, without writing any of them."""
