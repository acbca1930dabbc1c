"""The web desk: pages over what may be done to drafts; decides nothing itself."""
