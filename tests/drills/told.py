"""In which header telling.py says of an answer which templates it was made of.

A module of its own: importing telling.py makes a portal of the process that does.
"""

HEADER = "X-Templates"
