"""Rules as data: YAML to frozen rules, strict, with file and line in every complaint."""
