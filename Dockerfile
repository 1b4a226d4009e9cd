# The service, without anything that only building it takes.

FROM node:24-slim AS console

WORKDIR /source/web
COPY web/package.json web/package-lock.json web/.npmrc ./
RUN npm ci --no-audit --no-fund
COPY web ./
COPY graph/schema.graphql /source/graph/
RUN npm run build


FROM python:3.11-slim AS build

ENV PIP_NO_CACHE_DIR=1 PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1
RUN python -m venv /opt/segments
COPY deploy/requirements.lock /source/deploy/
RUN /opt/segments/bin/pip install --require-hashes --only-binary :all: \
        -r /source/deploy/requirements.lock

COPY . /source
COPY --from=console /source/service/console/built /source/service/console/built
RUN /opt/segments/bin/pip install --no-index --no-deps --no-build-isolation /source \
    && /opt/segments/bin/pip uninstall --yes setuptools pip


FROM python:3.11-slim

# A fixed number, so that a volume's owner is the same in every image.
RUN groupadd --gid 10001 segments \
    && useradd --uid 10001 --gid 10001 --no-create-home --home-dir /var/lib/segments segments \
    && install --directory --owner=10001 --group=10001 --mode=0700 /var/lib/segments
COPY --from=build /opt/segments /opt/segments

# In production unless told otherwise: in development everybody who reaches the port is let in.
ENV PATH=/opt/segments/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 \
    SEGMENTS_ENVIRONMENT=production SEGMENTS_DATA_DIR=/var/lib/segments
USER 10001:10001
WORKDIR /var/lib/segments
VOLUME /var/lib/segments
EXPOSE 8000

# An answer other than 200 is an HTTPError: the exit code is then 1.
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s --start-interval=1s --retries=3 \
    CMD ["python", "-c", "from urllib.request import urlopen; urlopen('http://127.0.0.1:8000/health/ready', timeout=4)"]

ENTRYPOINT ["segments"]
CMD ["serve", "--host", "0.0.0.0"]
