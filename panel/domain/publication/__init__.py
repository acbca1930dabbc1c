"""What readers see, as values and pure rules: releases, comparisons, records, digests, votes."""
