# Three stages: the front end, the Python environment with the collected static files, and the image that runs.
# Nothing migrates on start: `docker compose run --rm web python manage.py migrate` is part of a release.

FROM python:3.13-slim AS frontend
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
COPY requirements/node.txt requirements/node.txt
COPY whatworks/__init__.py whatworks/__init__.py
COPY whatworks/setup whatworks/setup
COPY whatworks/embedded_postgres whatworks/embedded_postgres
COPY static/scss static/scss
# The same step as in `make run`: Node comes from the locked wheel, so there is one way to build it, not two.
RUN python -m whatworks.setup frontend

FROM python:3.13-slim AS build
ENV PATH=/opt/venv/bin:$PATH PYTHONDONTWRITEBYTECODE=1
RUN python -m venv /opt/venv
COPY requirements/production.txt requirements/production.txt
RUN pip install --no-cache-dir --disable-pip-version-check --require-hashes --only-binary :all: -r requirements/production.txt
WORKDIR /srv/whatworks
COPY manage.py ./
COPY whatworks whatworks
COPY centres centres
COPY evidence evidence
COPY toolkits toolkits
COPY templates templates
COPY static static
COPY locale locale
COPY --from=frontend /src/build build
# Settings want these, collecting files does not use them.
RUN WHATWORKS_SECRET_KEY=unused DATABASE_URL=postgresql:///unused WHATWORKS_ADDRESS=https://unused \
    WHATWORKS_MAIL_FROM=unused WHATWORKS_MAIL_URL=smtp://unused python manage.py collectstatic --noinput \
    && python -m whatworks.messages compile \
    && rm -r static/scss locale

FROM python:3.13-slim
ENV PATH=/opt/venv/bin:$PATH \
    PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    WHATWORKS_BIND=0.0.0.0:8000 \
    WHATWORKS_DATA_DIR=/var/lib/whatworks
RUN useradd --system --uid 10001 --no-create-home --home-dir /nonexistent whatworks \
    && install --directory --owner=whatworks --group=whatworks /var/lib/whatworks /var/lib/whatworks/packs
COPY --from=build /opt/venv /opt/venv
COPY --from=build /srv/whatworks /srv/whatworks
WORKDIR /srv/whatworks
USER whatworks
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=5s --start-period=30s CMD ["python", "-m", "whatworks.healthcheck"]
CMD ["gunicorn", "-c", "whatworks/gunicorn.py", "whatworks.wsgi"]
