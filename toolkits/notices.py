"""Who is told what by mail: placeholders until the mail helper writes them."""


def submitted(revision):
    return 0


def returned(revision, decision):
    return 0


def published(revision, version):
    return 0


def commented(comment):
    return 0


def corrected(revision, version):
    return 0


def flagged(flag, page):
    return 0


def refused(appointment):
    return 0
