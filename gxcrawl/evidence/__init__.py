"""From an alert or a finding down to the archived answers that it rests on."""
