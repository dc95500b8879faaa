# On a fresh machine `make demo` and `make test` are all that is needed: both make .venv and install first.

.DEFAULT_GOAL := help
.PHONY: help demo test lint bench campaign

bin := .venv/bin
installed := .venv/.installed

help:  ## this list
	@sed -n 's/^\([a-z]*\):.*## \(.*\)/make \1	\2/p' Makefile

$(installed): pyproject.toml .ci/venv
	@.ci/venv
	@touch $@

demo: $(installed)  ## 示例区 2020 年：生成数据、汇总、出文书 (sample district: data, figures, papers)
	@$(bin)/pbreports sample .
	@$(bin)/pbreports -C . --year 2020 --as-of 2020-12-31 run

test: $(installed)  ## all tests but the long campaigns
	$(bin)/pytest -n auto --dist loadfile

lint: $(installed)  ## style, types, the house's storeys
	$(bin)/ruff check .
	$(bin)/ruff format --check .
	$(bin)/mypy
	$(bin)/lint-imports

bench: $(installed)  ## measurements, kept as JSON in benchmarks/results/
	@mkdir -p benchmarks/results
	$(bin)/pytest benchmarks -o addopts='--strict-markers --import-mode=importlib' -o pythonpath=benchmarks \
		--benchmark-only --benchmark-json=benchmarks/results/$$(date +%Y%m%d-%H%M%S).json

campaign: $(installed)  ## long searches for faults
	$(bin)/pytest -m campaign --hypothesis-profile=campaign
