"""Who gets past which address of the editorial side: one table, shown in docs/rights.md and tested.

The test walks every address there is, so that a new one has to be entered here before it passes. The people are
those of one centre, and what is asked for is that centre's: `another centre` holds every role, but somewhere else.
"""

ROLES = (
    "visitor",
    "editor",
    "reviewer",
    "manager",
    "another centre",
    "role ended",
    "network editor",
    "administrator",
)

EVERYBODY = frozenset(ROLES)
SIGNED_IN = EVERYBODY - {"visitor"}
CONTENT = frozenset({"editor", "reviewer", "administrator"})
REVIEW = frozenset({"reviewer", "administrator"})
CENTRE = CONTENT | {"manager"}
PEOPLE = frozenset({"manager", "administrator"})
NETWORK = frozenset({"network editor", "administrator"})
ADMINISTRATOR = frozenset({"administrator"})
NOBODY = frozenset()
# Lists hold each reader's own rows only, so somebody of another centre opens them, and finds nothing of this one.
OWN_ROWS = frozenset({"another centre"})

# The admin's pages of a model: its list, its form and history, adding, deleting.
MODELS = {
    "evidence_intervention": (CONTENT | OWN_ROWS, CONTENT, CONTENT | OWN_ROWS, NOBODY),
    "evidence_report": (CONTENT | OWN_ROWS, CONTENT, CONTENT | OWN_ROWS, NOBODY),
    **dict.fromkeys(
        ("evidence_study", "evidence_synthesis"),
        (CONTENT | NETWORK | OWN_ROWS, CONTENT, CONTENT | NETWORK | OWN_ROWS, NOBODY),
    ),
    "toolkits_toolkit": (CONTENT | OWN_ROWS, CONTENT, CONTENT | OWN_ROWS, NOBODY),
    "evidence_ratingscheme": (CONTENT | NETWORK | OWN_ROWS, CONTENT | NETWORK, CONTENT | NETWORK | OWN_ROWS, NOBODY),
    "centres_centre": (CENTRE | OWN_ROWS, CENTRE, ADMINISTRATOR, NOBODY),
    "toolkits_revision": (CONTENT | NETWORK | OWN_ROWS, CONTENT, NOBODY, NOBODY),
    "toolkits_publicationevent": (CONTENT | NETWORK | OWN_ROWS, CONTENT, NOBODY, NOBODY),
    "centres_auditentry": (CENTRE | NETWORK | OWN_ROWS, CONTENT, NOBODY, NOBODY),
    "centres_person": (PEOPLE | OWN_ROWS, PEOPLE, NOBODY, NOBODY),
    "centres_invitation": (PEOPLE | OWN_ROWS, PEOPLE, PEOPLE | OWN_ROWS, NOBODY),
    **dict.fromkeys(
        (
            *("evidence_outcome", "evidence_setting", "evidence_ageband", "evidence_family"),
            *("centres_membership", "centres_succession", "centres_networkfact", "toolkits_sharedlist"),
        ),
        (NETWORK, NETWORK, NETWORK, NOBODY),
    ),
    **dict.fromkeys(("toolkits_synonymgroup", "toolkits_assessed"), (NETWORK, NETWORK, NETWORK, NETWORK)),
}

# What is one's own, and not anybody's work: nobody who is signed in is kept from it.
OWN_ACCOUNT = (
    *("accounts:own", "accounts:sessions", "accounts:end_session", "accounts:end_other_sessions", "accounts:stay"),
    *("account_logout", "account_reauthenticate", "account_change_password"),
    *("mfa_index", "mfa_authenticate", "mfa_reauthenticate", "mfa_activate_totp", "mfa_deactivate_totp"),
    *("mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_download_recovery_codes"),
    *("mfa_add_webauthn", "mfa_login_webauthn", "mfa_reauthenticate_webauthn"),
    *("mfa_edit_webauthn", "mfa_remove_webauthn"),
    *("admin:index", "admin:login", "admin:logout", "admin:password_change", "admin:password_change_done"),
    *("admin:jsi18n", "editorial:queue", "editorial:rerating", "editorial:change_sets"),
    *("editorial:new_change_set", "editorial:imports", "editorial:work_list", "editorial:markdown"),
)

GROUPS = {
    EVERYBODY: (
        *("healthz", "readyz", "security_txt", "account_login", "account_inactive", "accounts:invitation"),
        *("account_reset_password", "account_reset_password_done"),
        *("account_reset_password_from_key", "account_reset_password_from_key_done"),
    ),
    SIGNED_IN: OWN_ACCOUNT,
    CONTENT: (
        *("editorial:revision", "editorial:preview_revision", "editorial:comment", "editorial:appoint"),
        *("editorial:publish", "editorial:cancel_appointment", "editorial:change_set"),
        *("editorial:appoint_together", "editorial:publish_together", "editorial:settle"),
        *("editorial:draft", "editorial:preview_draft", "editorial:submit", "editorial:standing"),
        *("editorial:missing", "editorial:take", "editorial:new_version", "editorial:export"),
        *("editorial:rate", "editorial:rate_without", "editorial:appraisal", "editorial:merge_studies"),
        *("editorial:study_import", "editorial:study_import_job", "editorial:study_import_again"),
        *("editorial:study_import_rows", "editorial:study_import_template"),
        *("editorial:import_job", "editorial:import_rows", "editorial:import_file", "editorial:import_template"),
        "editorial:agree_to_difference",
    ),
    CONTENT | OWN_ROWS: ("editorial:missing_new",),
    # A family is of all centres that have a member in it: each finds the differences of its own.
    CONTENT | NETWORK | OWN_ROWS: (
        *("admin:app_list", "editorial:suggest_studies", "editorial:study_copies", "editorial:family_differences"),
    ),
    CONTENT | NETWORK: (
        *("editorial:family_difference", "editorial:reword_difference", "editorial:withdraw_difference"),
    ),
    REVIEW: (
        *("editorial:decide", "editorial:emergency", "editorial:decide_together"),
        *("editorial:restore", "editorial:withdraw", "editorial:remove", "editorial:merge"),
    ),
    PEOPLE: (
        *("admin:centres_invitation_send_again", "admin:centres_invitation_withdraw"),
        *("admin:centres_person_give_role", "admin:centres_person_end_role", "admin:centres_person_leave"),
        *("admin:centres_person_end_session", "admin:centres_person_end_sessions"),
    ),
    NETWORK: ("editorial:suggest_interventions",),
    ADMINISTRATOR: ("admin:centres_auditentry_export", "admin:centres_person_forget_second_factors"),
    NOBODY: ("admin:view_on_site", "admin:autocomplete"),
}


def rights():
    """{name of an address: the roles that get past it}."""
    found = {name: roles for roles, names in GROUPS.items() for name in names}
    for model, (listing, form, adding, deleting) in MODELS.items():
        found |= {
            f"admin:{model}_changelist": listing,
            f"admin:{model}_change": form,
            f"admin:{model}_history": form,
            f"admin:{model}_add": adding,
            f"admin:{model}_delete": deleting,
        }
    return found


def as_markdown():
    """The whole of docs/rights.md."""

    def cell(name, roles, role):
        if role not in roles:
            return "–"
        return "own" if role == "another centre" and roles & CENTRE and name not in OWN_ACCOUNT else "yes"

    rows = [
        f"| `{name}` | " + " | ".join(cell(name, roles, role) for role in ROLES) + " |"
        for name, roles in sorted(rights().items())
    ]
    return "\n".join(
        [
            "# Who gets past which address",
            "",
            "This page is printed by `python manage.py rights`. A test walks every address there is, asks it as",
            "everybody, and in every state a record can be in, and finds exactly this table.",
            "",
            "The people are those of one centre, and what is asked for is that centre's. *Another centre* stands for",
            "somebody who holds every role in another one: `own` means that they open the page and find only their own",
            "rows, and `–` that they are told there is no such thing (404). A visitor is led to sign in.",
            "What belonged to a centre that has ended is open to network administrators only.",
            "",
            f"| address | {' | '.join(ROLES)} |",
            "|" + "---|" * (len(ROLES) + 1),
            *rows,
            "",
        ]
    )
