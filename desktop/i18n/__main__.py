"""`python -m desktop.i18n`: bring the translations up to date with the code."""

from desktop.i18n.update import main

raise SystemExit(main())
