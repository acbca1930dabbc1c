"""The one place that builds the parts and joins them: workspace, order, run, proof."""
