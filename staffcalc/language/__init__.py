"""What a school file may say: one model a block, figures and units, the school year, the JSON Schema."""
