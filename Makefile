# Each command is one of whatworks/setup/commands.py; `make help` lists them.
PYTHON ?= python3
export PORT ARGS FILE FORCE UPGRADE USER

.DEFAULT_GOAL := help
.PHONY: help run test drill bench lint lock sbom frontend messages reset code shell dump restore

help run test drill bench lint lock sbom frontend messages reset code shell dump restore:
	@$(PYTHON) -m whatworks.setup $@
