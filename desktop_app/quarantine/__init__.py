"""Reading untrusted bytes in a process (`process`) that is fenced in (`confinement`) and answers JSON (`transport`)."""
