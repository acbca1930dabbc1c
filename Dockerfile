# shipskip as a container; the workspace is mounted at /desk. Only code is copied, never a key.
FROM python:3.13-slim
WORKDIR /src
COPY pyproject.toml README.md ./
COPY panel panel
COPY personas personas
COPY prompts prompts
RUN pip install --no-cache-dir .
WORKDIR /desk
ENTRYPOINT ["shipskip"]
