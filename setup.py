"""Only what pyproject.toml can't say: /prompts travels inside the package, as summarizer/prompts."""

from setuptools import find_packages, setup

setup(
    packages=[*find_packages(include=["summarizer", "summarizer.*"]), "summarizer.prompts"],
    package_dir={"summarizer.prompts": "prompts"},
    package_data={
        "summarizer": ["**/*.yaml", "**/*.json", "**/*.txt", "**/*.bin", "weights/**/*"],
        "summarizer.prompts": ["*.yaml", "partials/*.j2"],
    },
)
