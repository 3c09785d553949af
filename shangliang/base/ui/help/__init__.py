"""What each page is for, said on the page itself: what it is, what one does here, what comes next. By the
name of its address; public pages in both languages, staff's in Chinese only, as the pages are.

Drawn folded at the page's end, without a query. A page without its help fails a test."""

from django.http import HttpRequest

from .entry import Help
from .public import PUBLIC
from .staff import STAFF

# Addresses that draw another one's page: a form that came back, a part fetched by itself.
SAME = {
    "portal:thread_move": "portal:thread",
    "portal:report_thanks": "portal:report",
    "consultations:data_erase": "consultations:data",
    "portal:data_phone": "portal:data",
    "portal:data_agree": "portal:data",
    "portal:booking_move": "portal:booking",
    "consultations:post": "consultations:consultation",
    "consultations:mend": "consultations:consultation",
    "consultations:appeal": "consultations:consultation",
    "consultations:judge": "consultations:consultation",
    "desk:voice": "desk:queue",
    "desk:voice_move": "desk:queue",
    "desk:reveal": "desk:queue",
    "desk:review_item": "desk:review",
    "desk:review_move": "desk:review",
    "desk:review_photo": "desk:review",
    "desk:review_photo_move": "desk:review",
    "desk:topic_raise": "desk:topics",
    "desk:topic_paper": "desk:topics",
    "desk:consultation_move": "desk:consultation",
    "desk:total_report": "desk:figures",
    "desk:evidence_link": "desk:figures",
    "desk:person_invite": "desk:people",
    "desk:person_move": "desk:person",
    "desk:message_move": "desk:message",
    "desk:rule_move": "desk:rule",
    "desk:report_move": "desk:report",
    "workbench:report_move": "workbench:report",
    "desk:objection_move": "desk:objection",
    "workbench:objection_move": "workbench:objection",
    "desk:studio_plan": "desk:studios",
    "desk:voice_note": "desk:queue",
    "desk:note_strike": "desk:queue",
    "desk:filter_move": "desk:filters",
    "desk:template_move": "desk:template",
    "desk:batch_move": "desk:batch",
    "desk:assist_end": "desk:assist",
    "desk:settle_move": "desk:settle",
    "desk:approval": "desk:approvals",
    "desk:standards_write": "desk:standards_pick",
    "desk:task_record": "desk:tasks",
    "desk:task_strike": "desk:tasks",
    "notices:read": "notices:list",
    "portal:data_mail": "portal:data",
    "desk:roster_take": "desk:roster",
    "desk:standard_mark": "desk:standards",
    "desk:inspect": "desk:standards",
    "desk:inspection_put_right": "desk:standards",
    "desk:walk_in": "desk:studio_day",
    "desk:studio_duty": "desk:studio_day",
    "desk:booking_move": "desk:studio_day",
    "desk:studio_move": "desk:studio",
    "departments:voice": "departments:list",
    "departments:voice_move": "departments:list",
    "departments:recommendation": "departments:list",
    "departments:recommendation_move": "departments:list",
    "leaders:studio_move": "leaders:studios",
    "workbench:message_move": "workbench:message",
    "account_reset_password_done": "account_reset_password",
    "account_reset_password_from_key_done": "account_reset_password",
    "account_reset_password_from_key": "account_link",
    "mfa_deactivate_totp": "mfa_index",
    "mfa_generate_recovery_codes": "mfa_view_recovery_codes",
    "mfa_add_webauthn": "mfa_list_webauthn",
    "mfa_remove_webauthn": "mfa_list_webauthn",
    "mfa_edit_webauthn": "mfa_list_webauthn",
    "mfa_reauthenticate": "account_reauthenticate",
    "mfa_reauthenticate_webauthn": "account_reauthenticate",
}
# Addresses that draw no page of their own, and what they give instead.
NO_PAGE = {
    "portal:mine": "sends on",
    "portal:mode": "sets a cookie",
    "portal:language": "sets a cookie",
    "portal:thread_act": "a file",
    "portal:data_copy": "a file",
    "consultations:data_copy": "a file",
    "portal:security_txt": "a file",
    "portal:worker": "a script",
    "voices:alike": "a part of the door",
    "voices:slip": "a sheet",
    "voices:voice_move": "sends on",
    "figures:sheet": "a table",
    "workbench:statement_pdf": "a sheet",
    "workbench:statement_xlsx": "a table",
    "journal:proof": "a file",
    "journal:checkpoint": "a file",
    "journal:checkpoints": "a file",
    "journal:keys": "a file",
    "journal:consistency": "a file",
    "journal:tile": "a file",
    "journal:verifier": "a script",
    "files:photo": "a photo ahead of its form",
    "files:file": "a file",
    "desk:letter": "a sheet",
    "desk:bulletin_pdf": "a sheet",
    "desk:door_codes_pdf": "a sheet",
    "desk:studio_poster_pdf": "a sheet",
    "desk:studio_forms_pdf": "a sheet",
    "desk:roster_template": "a table",
    "departments:letter": "a sheet",
    "guide:away": "sets a cookie",
    "account_keys": "sends on",
    "account_logout": "asks, and sends on",
    "account_signup": "says that nobody signs up",
    "account_inactive": "says that the account is closed",
    "office_login": "sends on",
    "office_callback": "sends on",
    "mfa_download_recovery_codes": "a file",
    "ui:kit": "for developers",
}


def named(name: str) -> Help | None:
    """The help of an address by its name; None for one that draws no page."""
    name = SAME.get(name, name)
    return PUBLIC.get(name) or STAFF.get(name)


def of(request: HttpRequest) -> Help | None:
    """The help of the page that is being drawn."""
    match = getattr(request, "resolver_match", None)
    return named(match.view_name) if match else None
