# syntax=docker/dockerfile:1
# docker build -t noaber . && docker run -p 3000:3000 -v noaber:/var/lib/noaber noaber

FROM node:20-bookworm-slim AS node

FROM rust:1-bookworm AS build
COPY --from=node /usr/local/bin/node /usr/local/bin/node
COPY --from=node /usr/local/lib/node_modules /usr/local/lib/node_modules
RUN ln -s ../lib/node_modules/npm/bin/npm-cli.js /usr/local/bin/npm \
 && rustup target add wasm32-unknown-unknown
WORKDIR /src
COPY . .
ENV NOABER_CACHE=/cache
RUN --mount=type=cache,target=/cache \
    --mount=type=cache,target=/usr/local/cargo/registry \
    cargo xtask release && mv dist/noaber-* /noaber

FROM debian:12-slim
RUN apt-get update \
 && apt-get install -y --no-install-recommends ca-certificates \
 && rm -rf /var/lib/apt/lists/* \
 && useradd --system --uid 10001 --user-group --home-dir /var/lib/noaber --create-home --shell /usr/sbin/nologin noaber
COPY --from=build --chown=root:root /noaber /opt/noaber
USER noaber
WORKDIR /var/lib/noaber
VOLUME /var/lib/noaber
ENV NOABER_LISTEN=[::]:3000 \
    NOABER_DATABASE=sqlite:/var/lib/noaber/noaber.db \
    NOABER_LOG_FORMAT=json
EXPOSE 3000
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/3000 && printf 'GET /readyz HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["/opt/noaber/noaber"]
CMD ["serve"]
