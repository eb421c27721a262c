"""How days and times are written where Django's own lists write them: as everywhere else here, by the 24-hour clock."""
