# Needle as a container image: see "Run it in containers" in docs/operating.md.
#
# The base image has no digest, because none was taken from a source that can be cited. To pin it,
# run `docker buildx imagetools inspect python:3.11-slim-bookworm` and add the digest to both lines.

# The build tools stay in this stage.
FROM python:3.11-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
# Dependencies first: a change of Needle's code then reuses this layer. The driver of PostgreSQL is
# included, so that one image serves both databases. Wheels only: nothing is compiled or run.
COPY requirements/build.txt requirements/postgresql.txt requirements/
RUN python -m venv /opt/build \
    && /opt/build/bin/pip install --require-hashes --no-deps --only-binary :all: \
        -r requirements/build.txt \
    && python -m venv --without-pip /opt/needle \
    && /opt/build/bin/pip --python /opt/needle/bin/python install \
        --require-hashes --no-deps --only-binary :all: -r requirements/postgresql.txt
COPY pyproject.toml README.md LICENSE manifest.yml ./
COPY domain domain
COPY storage storage
COPY bot bot
RUN /opt/build/bin/python -m hatchling build -t wheel -d /tmp/wheel \
    && /opt/build/bin/pip --python /opt/needle/bin/python install --no-deps /tmp/wheel/*.whl \
    && mkdir -m 700 /tmp/data

FROM python:3.11-slim-bookworm
LABEL org.opencontainers.image.title="Needle" \
      org.opencontainers.image.description="A Slack bot that ranks a team's projects by the team's values." \
      org.opencontainers.image.licenses="MIT"
COPY --from=build /opt/needle /opt/needle
# Only the database's folder is writable. A new volume takes over its owner.
COPY --from=build --chown=10001:10001 /tmp/data /var/lib/needle
VOLUME /var/lib/needle
# `needle run` and `needle healthcheck` both read NEEDLE_HEALTH_PORT.
ENV PATH="/opt/needle/bin:$PATH" \
    PYTHONDONTWRITEBYTECODE=1 \
    DATABASE_URL=sqlite:////var/lib/needle/needle.db \
    NEEDLE_HEALTH_PORT=9090
# A number, so that Kubernetes can see that it isn't root. Any other number works too.
USER 10001:10001
WORKDIR /var/lib/needle
# It asks /live, not /ready: /ready fails while Slack is away, and a restart wouldn't end that. Once
# a minute, because each check starts Python. A migration at the first start may take minutes.
HEALTHCHECK --interval=1m --timeout=15s --start-period=15m --retries=3 CMD ["needle", "healthcheck"]
ENTRYPOINT ["needle"]
CMD ["run"]
