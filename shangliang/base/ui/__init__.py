"""How every page looks: frames, components, forms, and what a refusal says."""
