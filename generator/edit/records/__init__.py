"""Records of a project: written anew, changed in place, renamed, retired, remembered."""
