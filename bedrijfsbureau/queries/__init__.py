"""What screens read: functions that take a Tx and give frozen values. They never change anything.

Every query asks `access` what the actor may see; a list costs the same number of statements for one row as for fifty.
"""
