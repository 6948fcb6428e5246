#pragma once

#include "xq-record.h"

G_BEGIN_DECLS

/**
 * The record types of a document. Each enumeration lists a type's fields in
 * column order; the order is part of the file format (origins are packed by
 * it), so fields are only ever appended.
 *
 * Dates are intervals [valid_from, valid_to): a row counts as of a day when
 * valid_from is empty or not after it and valid_to is empty or after it.
 */

/* unit: a node of the tree. Its parent is a unit of the level above. */
extern const XqRecordType XQ_UNIT;
enum { XQ_UNIT_PARENT, XQ_UNIT_LEVEL, XQ_UNIT_NAME, XQ_UNIT_CODE, XQ_UNIT_ORDINAL, XQ_UNIT_VALID_FROM, XQ_UNIT_VALID_TO };

/* unit_name: dated earlier names, aliases and codes of a unit. */
extern const XqRecordType XQ_UNIT_NAME_RECORD;
enum { XQ_UNIT_NAME_UNIT, XQ_UNIT_NAME_KIND, XQ_UNIT_NAME_VALUE, XQ_UNIT_NAME_VALID_FROM, XQ_UNIT_NAME_VALID_TO };

/* lineage: predecessor → successor, share as a fraction, from the day the re-draw took force. */
extern const XqRecordType XQ_LINEAGE;
enum { XQ_LINEAGE_PREDECESSOR, XQ_LINEAGE_SUCCESSOR, XQ_LINEAGE_SHARE_NUMERATOR, XQ_LINEAGE_SHARE_DENOMINATOR, XQ_LINEAGE_EFFECTIVE };

/* compound: what is recorded of a governance unit itself. floor_area in m². One row a unit. */
extern const XqRecordType XQ_COMPOUND;
enum { XQ_COMPOUND_UNIT, XQ_COMPOUND_KIND, XQ_COMPOUND_BUILT_YEAR, XQ_COMPOUND_FLOOR_AREA, XQ_COMPOUND_HOUSEHOLDS, XQ_COMPOUND_RESIDENTS, XQ_COMPOUND_PARKING_SPACES, XQ_COMPOUND_THREE_NONE };

/* building: what is recorded of a building. One row a unit. */
extern const XqRecordType XQ_BUILDING;
enum { XQ_BUILDING_UNIT, XQ_BUILDING_FLOORS, XQ_BUILDING_ENTRANCES, XQ_BUILDING_HOUSEHOLDS, XQ_BUILDING_RESIDENTS, XQ_BUILDING_BUILT_YEAR };

/* organisation: a Party organisation; its home is the unit that has set it up or leads it. */
extern const XqRecordType XQ_ORGANISATION;
enum {
  XQ_ORGANISATION_UNIT, XQ_ORGANISATION_PARENT, XQ_ORGANISATION_KIND, XQ_ORGANISATION_FUNCTIONAL, XQ_ORGANISATION_NAME,
  XQ_ORGANISATION_FOUNDED, XQ_ORGANISATION_DISSOLVED, XQ_ORGANISATION_APPROVAL_NUMBER, XQ_ORGANISATION_APPROVAL_AUTHORITY,
  XQ_ORGANISATION_APPROVAL_DATE, XQ_ORGANISATION_COMMITTEE_SIZE, XQ_ORGANISATION_SECRETARY_BACKGROUND,
  XQ_ORGANISATION_TERM_YEARS, XQ_ORGANISATION_TERM_STARTED,
};

/* organisation_cover: which compounds an organisation covers, and from when until when. */
extern const XqRecordType XQ_ORGANISATION_COVER;
enum { XQ_ORGANISATION_COVER_UNIT, XQ_ORGANISATION_COVER_ORGANISATION, XQ_ORGANISATION_COVER_VALID_FROM, XQ_ORGANISATION_COVER_VALID_TO };

/* contact: 包联 of a compound by a post of the community's two committees; valid only with post, decision and a confirmation in the period. */
extern const XqRecordType XQ_CONTACT;
enum { XQ_CONTACT_UNIT, XQ_CONTACT_POST, XQ_CONTACT_DECIDED, XQ_CONTACT_VALID_TO };

extern const XqRecordType XQ_CONTACT_CONFIRMATION;
enum { XQ_CONTACT_CONFIRMATION_CONTACT, XQ_CONTACT_CONFIRMATION_CONFIRMED };

/* founding_exemption: why a compound with enough members has no branch yet, until when. */
extern const XqRecordType XQ_FOUNDING_EXEMPTION;
enum { XQ_FOUNDING_EXEMPTION_UNIT, XQ_FOUNDING_EXEMPTION_REASON, XQ_FOUNDING_EXEMPTION_DECIDED, XQ_FOUNDING_EXEMPTION_VALID_TO };

/* declared_count: a count given without a roster. One row a unit and measure. */
extern const XqRecordType XQ_DECLARED_COUNT;
enum { XQ_DECLARED_COUNT_UNIT, XQ_DECLARED_COUNT_MEASURE, XQ_DECLARED_COUNT_VALUE, XQ_DECLARED_COUNT_COUNTED_ON };

/* member: the roster. Empty unless a district chooses to keep one; no identity number field exists. */
extern const XqRecordType XQ_MEMBER;
enum { XQ_MEMBER_RESIDENCE, XQ_MEMBER_ORGANISATION, XQ_MEMBER_CHECKED_IN, XQ_MEMBER_NAME, XQ_MEMBER_STAGE, XQ_MEMBER_VALID_FROM, XQ_MEMBER_VALID_TO };

/* property_area: 物业管理区域, what an owners' assembly is formed for. floor_area in m². */
extern const XqRecordType XQ_PROPERTY_AREA;
enum { XQ_PROPERTY_AREA_UNIT, XQ_PROPERTY_AREA_NAME, XQ_PROPERTY_AREA_FLOOR_AREA, XQ_PROPERTY_AREA_HEADS, XQ_PROPERTY_AREA_VALID_FROM, XQ_PROPERTY_AREA_VALID_TO };

/* owners_body: of a property area. The two cross-appointment counts are seats, not persons' names. */
extern const XqRecordType XQ_OWNERS_BODY;
enum {
  XQ_OWNERS_BODY_PROPERTY_AREA, XQ_OWNERS_BODY_KIND, XQ_OWNERS_BODY_NAME, XQ_OWNERS_BODY_FOUNDED, XQ_OWNERS_BODY_ENDED,
  XQ_OWNERS_BODY_SEATS, XQ_OWNERS_BODY_PARTY_MEMBERS, XQ_OWNERS_BODY_BRANCH_COMMITTEE_SEATED, XQ_OWNERS_BODY_PARTY_IN_BRANCH_COMMITTEE,
  XQ_OWNERS_BODY_LEGAL_ENTITY, XQ_OWNERS_BODY_BANK_ACCOUNT, XQ_OWNERS_BODY_TERM_YEARS, XQ_OWNERS_BODY_TERM_STARTED,
};

/* property_service: of a property area. fee in fen per m² and month. */
extern const XqRecordType XQ_PROPERTY_SERVICE;
enum { XQ_PROPERTY_SERVICE_PROPERTY_AREA, XQ_PROPERTY_SERVICE_MODE, XQ_PROPERTY_SERVICE_FIRM, XQ_PROPERTY_SERVICE_FEE, XQ_PROPERTY_SERVICE_COLLECTION, XQ_PROPERTY_SERVICE_VALID_FROM, XQ_PROPERTY_SERVICE_VALID_TO, XQ_PROPERTY_SERVICE_CONTRACT_END };

/* association: 群团组织 (mass) and 群众组织 (resident) of a compound. */
extern const XqRecordType XQ_ASSOCIATION;
enum { XQ_ASSOCIATION_UNIT, XQ_ASSOCIATION_KIND, XQ_ASSOCIATION_NAME, XQ_ASSOCIATION_HEADCOUNT, XQ_ASSOCIATION_FOUNDED, XQ_ASSOCIATION_ENDED };

/* survey → survey_question → survey_tally: counted answers, never a person's. */
extern const XqRecordType XQ_SURVEY;
enum { XQ_SURVEY_UNIT, XQ_SURVEY_NAME, XQ_SURVEY_CLOSED, XQ_SURVEY_METHOD };
extern const XqRecordType XQ_SURVEY_QUESTION;
enum { XQ_SURVEY_QUESTION_SURVEY, XQ_SURVEY_QUESTION_DIMENSION, XQ_SURVEY_QUESTION_TEXT, XQ_SURVEY_QUESTION_OVERALL };
extern const XqRecordType XQ_SURVEY_TALLY;
enum {
  XQ_SURVEY_TALLY_UNIT, XQ_SURVEY_TALLY_QUESTION, XQ_SURVEY_TALLY_VERY_SATISFIED, XQ_SURVEY_TALLY_SATISFIED, XQ_SURVEY_TALLY_NEUTRAL,
  XQ_SURVEY_TALLY_DISSATISFIED, XQ_SURVEY_TALLY_VERY_DISSATISFIED, XQ_SURVEY_TALLY_INVALID,
};

/* target: what a plan asks of a unit by a day: @value units with the indicator's numerator. */
extern const XqRecordType XQ_TARGET;
enum { XQ_TARGET_UNIT, XQ_TARGET_INDICATOR, XQ_TARGET_DUE, XQ_TARGET_VALUE };

/* note: 纪实, a published or noted circumstance of a unit with an optional whole quantity of @measure. */
extern const XqRecordType XQ_NOTE;
enum { XQ_NOTE_UNIT, XQ_NOTE_TOPIC, XQ_NOTE_TITLE, XQ_NOTE_QUANTITY, XQ_NOTE_MEASURE, XQ_NOTE_TEXT, XQ_NOTE_OCCURRED, XQ_NOTE_SOURCE };

/** All record types, %NULL-terminated, parents before children. */
extern const XqRecordType *const XQ_RECORD_TYPES[];
/** The type called @name, or %NULL. */
const XqRecordType *xq_record_type_by_name (const char *name);

G_END_DECLS
