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

/*
 * lineage: predecessor → successor, share as a fraction, from the day the re-draw took force. redraw: rows of a day with the same
 * number are one re-draw of many into many and happen at once; those without one follow from one another.
 */
extern const XqRecordType XQ_LINEAGE;
enum { XQ_LINEAGE_PREDECESSOR, XQ_LINEAGE_SUCCESSOR, XQ_LINEAGE_SHARE_NUMERATOR, XQ_LINEAGE_SHARE_DENOMINATOR, XQ_LINEAGE_EFFECTIVE, XQ_LINEAGE_REDRAW };

/* compound: what is recorded of a governance unit itself. floor_area in m². One row a unit. */
extern const XqRecordType XQ_COMPOUND;
enum { XQ_COMPOUND_UNIT, XQ_COMPOUND_KIND, XQ_COMPOUND_BUILT_YEAR, XQ_COMPOUND_FLOOR_AREA, XQ_COMPOUND_HOUSEHOLDS, XQ_COMPOUND_RESIDENTS, XQ_COMPOUND_PARKING_SPACES, XQ_COMPOUND_THREE_NONE,
  XQ_COMPOUND_AGED, XQ_COMPOUND_ENTRANCES,
};

/* building: what is recorded of a building. One row a unit. */
extern const XqRecordType XQ_BUILDING;
enum { XQ_BUILDING_UNIT, XQ_BUILDING_FLOORS, XQ_BUILDING_ENTRANCES, XQ_BUILDING_HOUSEHOLDS, XQ_BUILDING_RESIDENTS, XQ_BUILDING_BUILT_YEAR,
  XQ_BUILDING_BASE, /* the base unit it stands in; null: not known */
};

/* organisation: a Party organisation; its home is the unit that has set it up or leads it. */
extern const XqRecordType XQ_ORGANISATION;
enum {
  XQ_ORGANISATION_UNIT, XQ_ORGANISATION_PARENT, XQ_ORGANISATION_KIND, XQ_ORGANISATION_FUNCTIONAL, XQ_ORGANISATION_NAME,
  XQ_ORGANISATION_FOUNDED, XQ_ORGANISATION_DISSOLVED, XQ_ORGANISATION_APPROVAL_NUMBER, XQ_ORGANISATION_APPROVAL_AUTHORITY,
  XQ_ORGANISATION_APPROVAL_DATE, XQ_ORGANISATION_COMMITTEE_SIZE, XQ_ORGANISATION_SECRETARY_BACKGROUND,
  XQ_ORGANISATION_TERM_YEARS, XQ_ORGANISATION_TERM_STARTED,
  XQ_ORGANISATION_SECRETARY_PATH, XQ_ORGANISATION_SECRETARY_IS_DIRECTOR, XQ_ORGANISATION_DEPUTIES, XQ_ORGANISATION_ORIGIN, XQ_ORGANISATION_FIRST_SECRETARY, XQ_ORGANISATION_NEXT_ELECTION,
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
enum { XQ_MEMBER_RESIDENCE, XQ_MEMBER_ORGANISATION, XQ_MEMBER_CHECKED_IN, XQ_MEMBER_NAME, XQ_MEMBER_STAGE, XQ_MEMBER_VALID_FROM, XQ_MEMBER_VALID_TO,
  XQ_MEMBER_EMPLOYER, XQ_MEMBER_CATEGORY, XQ_MEMBER_POST, XQ_MEMBER_PHONE, XQ_MEMBER_CHECKED_IN_ON,
};

/* property_area: 物业管理区域, what an owners' assembly is formed for. floor_area in m². */
extern const XqRecordType XQ_PROPERTY_AREA;
enum { XQ_PROPERTY_AREA_UNIT, XQ_PROPERTY_AREA_NAME, XQ_PROPERTY_AREA_FLOOR_AREA, XQ_PROPERTY_AREA_HEADS, XQ_PROPERTY_AREA_VALID_FROM, XQ_PROPERTY_AREA_VALID_TO,
  XQ_PROPERTY_AREA_OWNED_AREA, XQ_PROPERTY_AREA_MAINTENANCE_FUND,
  XQ_PROPERTY_AREA_BASE, /* the base unit it lies in; null: not known */
};

/* owners_body: of a property area. The two cross-appointment counts are seats, not persons' names. */
extern const XqRecordType XQ_OWNERS_BODY;
enum {
  XQ_OWNERS_BODY_PROPERTY_AREA, XQ_OWNERS_BODY_KIND, XQ_OWNERS_BODY_NAME, XQ_OWNERS_BODY_FOUNDED, XQ_OWNERS_BODY_ENDED,
  XQ_OWNERS_BODY_SEATS, XQ_OWNERS_BODY_PARTY_MEMBERS, XQ_OWNERS_BODY_BRANCH_COMMITTEE_SEATED, XQ_OWNERS_BODY_PARTY_IN_BRANCH_COMMITTEE,
  XQ_OWNERS_BODY_LEGAL_ENTITY, XQ_OWNERS_BODY_BANK_ACCOUNT, XQ_OWNERS_BODY_TERM_YEARS, XQ_OWNERS_BODY_TERM_STARTED,
  XQ_OWNERS_BODY_ALTERNATES, XQ_OWNERS_BODY_TAX_INVOICE, XQ_OWNERS_BODY_LEGAL_FORM, XQ_OWNERS_BODY_FILING_NUMBER, XQ_OWNERS_BODY_FILED,
};

/* property_service: of a property area. fee in fen per m² and month. */
extern const XqRecordType XQ_PROPERTY_SERVICE;
enum { XQ_PROPERTY_SERVICE_PROPERTY_AREA, XQ_PROPERTY_SERVICE_MODE, XQ_PROPERTY_SERVICE_FIRM, XQ_PROPERTY_SERVICE_FEE, XQ_PROPERTY_SERVICE_COLLECTION, XQ_PROPERTY_SERVICE_VALID_FROM, XQ_PROPERTY_SERVICE_VALID_TO, XQ_PROPERTY_SERVICE_CONTRACT_END,
  XQ_PROPERTY_SERVICE_INSTRUCTOR, XQ_PROPERTY_SERVICE_FIRM_ORGANISATION, XQ_PROPERTY_SERVICE_FIRM_MEMBERS, XQ_PROPERTY_SERVICE_MANAGER_IN_BRANCH, XQ_PROPERTY_SERVICE_SATISFACTION,
};

/* association: 群团组织 (mass) and 群众组织 (resident) of a compound. */
extern const XqRecordType XQ_ASSOCIATION;
enum { XQ_ASSOCIATION_UNIT, XQ_ASSOCIATION_KIND, XQ_ASSOCIATION_NAME, XQ_ASSOCIATION_HEADCOUNT, XQ_ASSOCIATION_FOUNDED, XQ_ASSOCIATION_ENDED,
  XQ_ASSOCIATION_TOPIC, XQ_ASSOCIATION_LED_BY_MEMBERS,
};

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

/* department: a department of the district that tickets go to and compounds are paired with. At home in the district. */
extern const XqRecordType XQ_DEPARTMENT;
enum {
  XQ_DEPARTMENT_UNIT, XQ_DEPARTMENT_NAME, XQ_DEPARTMENT_KIND, XQ_DEPARTMENT_VALID_FROM, XQ_DEPARTMENT_VALID_TO,
};

/* employer: an employer whose members check in with a community (双报到). checked_in: how many, where no roster names them. */
extern const XqRecordType XQ_EMPLOYER;
enum {
  XQ_EMPLOYER_UNIT, XQ_EMPLOYER_NAME, XQ_EMPLOYER_KIND, XQ_EMPLOYER_PARTY_ORGANISATION, XQ_EMPLOYER_CHECKED_IN,
  XQ_EMPLOYER_VALID_FROM, XQ_EMPLOYER_VALID_TO,
};

/* pairing: 结对包建 of a compound or community with a department or an employer; one of the two is given. */
extern const XqRecordType XQ_PAIRING;
enum {
  XQ_PAIRING_UNIT, XQ_PAIRING_DEPARTMENT, XQ_PAIRING_EMPLOYER, XQ_PAIRING_TASK, XQ_PAIRING_VALID_FROM, XQ_PAIRING_VALID_TO,
};

/* approval: 批复 of what happened to an organisation, and of elections who voted. successor: what it was merged into. */
extern const XqRecordType XQ_APPROVAL;
enum {
  XQ_APPROVAL_ORGANISATION, XQ_APPROVAL_EVENT, XQ_APPROVAL_NUMBER, XQ_APPROVAL_AUTHORITY, XQ_APPROVAL_DECIDED,
  XQ_APPROVAL_ELIGIBLE, XQ_APPROVAL_VOTED, XQ_APPROVAL_ELECTED, XQ_APPROVAL_SUCCESSOR, XQ_APPROVAL_TEXT,
};

/* big_committee_member: who sits in a community big committee: an employer, a firm, an office; never a person by name. */
extern const XqRecordType XQ_BIG_COMMITTEE_MEMBER;
enum {
  XQ_BIG_COMMITTEE_MEMBER_ORGANISATION, XQ_BIG_COMMITTEE_MEMBER_KIND, XQ_BIG_COMMITTEE_MEMBER_NAME,
  XQ_BIG_COMMITTEE_MEMBER_EMPLOYER, XQ_BIG_COMMITTEE_MEMBER_VALID_FROM, XQ_BIG_COMMITTEE_MEMBER_VALID_TO,
};

/* post_holder: the roster of posts (XQ_POST_*, or the scheme's own). organisation: whose secretary or committee member. place: which building, entrance or floor. Works without names. */
extern const XqRecordType XQ_POST_HOLDER;
enum {
  XQ_POST_HOLDER_UNIT, XQ_POST_HOLDER_ORGANISATION, XQ_POST_HOLDER_MEMBER, XQ_POST_HOLDER_POST, XQ_POST_HOLDER_NAME,
  XQ_POST_HOLDER_BACKGROUND, XQ_POST_HOLDER_PATH, XQ_POST_HOLDER_PARTY_MEMBER, XQ_POST_HOLDER_ELECTED, XQ_POST_HOLDER_DIRECTOR,
  XQ_POST_HOLDER_EMPLOYER, XQ_POST_HOLDER_FIRM, XQ_POST_HOLDER_PLACE, XQ_POST_HOLDER_PHONE, XQ_POST_HOLDER_VALID_FROM,
  XQ_POST_HOLDER_VALID_TO,
};

/* declared_post: how many serve in a post, without a roster. One row a unit and post; the roster wins where it has begun. */
extern const XqRecordType XQ_DECLARED_POST;
enum {
  XQ_DECLARED_POST_UNIT, XQ_DECLARED_POST_POST, XQ_DECLARED_POST_VALUE, XQ_DECLARED_POST_COUNTED_ON,
};

/* appraisal: of a member in a year; fed back to the employer, and counted there in the appraisal of Party building (two facts). */
extern const XqRecordType XQ_APPRAISAL;
enum {
  XQ_APPRAISAL_MEMBER, XQ_APPRAISAL_YEAR, XQ_APPRAISAL_GRADE, XQ_APPRAISAL_FED_BACK, XQ_APPRAISAL_EMPLOYER_COUNTED,
  XQ_APPRAISAL_TEXT,
};

/* grid_role: the part a unit plays in the 3+1 grids, and the organisation that leads it there. name: of a dedicated grid. */
extern const XqRecordType XQ_GRID_ROLE;
enum {
  XQ_GRID_ROLE_UNIT, XQ_GRID_ROLE_ROLE, XQ_GRID_ROLE_ORGANISATION, XQ_GRID_ROLE_NAME, XQ_GRID_ROLE_VALID_FROM,
  XQ_GRID_ROLE_VALID_TO,
};

/* body_event: preparation, elections, filing and end of an owners' body. */
extern const XqRecordType XQ_BODY_EVENT;
enum {
  XQ_BODY_EVENT_OWNERS_BODY, XQ_BODY_EVENT_EVENT, XQ_BODY_EVENT_HELD, XQ_BODY_EVENT_SEATS, XQ_BODY_EVENT_ALTERNATES,
  XQ_BODY_EVENT_NUMBER, XQ_BODY_EVENT_TEXT,
};

/* owner_vote: a decision of the owners of a property area (Civil Code art. 278). heads and area: of all owners, else those of the area. Areas in 0.01 m². */
extern const XqRecordType XQ_OWNER_VOTE;
enum {
  XQ_OWNER_VOTE_PROPERTY_AREA, XQ_OWNER_VOTE_BODY, XQ_OWNER_VOTE_TOPIC, XQ_OWNER_VOTE_MATTER, XQ_OWNER_VOTE_HELD,
  XQ_OWNER_VOTE_METHOD, XQ_OWNER_VOTE_HEADS, XQ_OWNER_VOTE_AREA, XQ_OWNER_VOTE_TEXT,
};

/* vote_building: the votes of one building. unit: the building where the tree has it. Areas in 0.01 m². */
extern const XqRecordType XQ_VOTE_BUILDING;
enum {
  XQ_VOTE_BUILDING_VOTE, XQ_VOTE_BUILDING_UNIT, XQ_VOTE_BUILDING_LABEL, XQ_VOTE_BUILDING_HEADS, XQ_VOTE_BUILDING_AREA,
  XQ_VOTE_BUILDING_TAKING_HEADS, XQ_VOTE_BUILDING_TAKING_AREA, XQ_VOTE_BUILDING_FOR_HEADS, XQ_VOTE_BUILDING_FOR_AREA,
};

/* fee_collection: property fees of a period, by its last day: amounts in fen, or households, or both. */
extern const XqRecordType XQ_FEE_COLLECTION;
enum {
  XQ_FEE_COLLECTION_PROPERTY_AREA, XQ_FEE_COLLECTION_SERVICE, XQ_FEE_COLLECTION_PERIOD_END, XQ_FEE_COLLECTION_HOUSEHOLDS_DUE,
  XQ_FEE_COLLECTION_HOUSEHOLDS_PAID, XQ_FEE_COLLECTION_AMOUNT_DUE, XQ_FEE_COLLECTION_AMOUNT_COLLECTED,
};

/* space: 阵地: stations, centres, canteens and other shared rooms. area in whole m². */
extern const XqRecordType XQ_SPACE;
enum {
  XQ_SPACE_UNIT, XQ_SPACE_KIND, XQ_SPACE_NAME, XQ_SPACE_AREA, XQ_SPACE_SHARED, XQ_SPACE_OPENED, XQ_SPACE_CLOSED, XQ_SPACE_TEXT,
};

/* checklist_state: how an item of a scheme's checklist stands from a day on; the latest up to a day counts. With an organisation: of its powers and duties. */
extern const XqRecordType XQ_CHECKLIST_STATE;
enum {
  XQ_CHECKLIST_STATE_UNIT, XQ_CHECKLIST_STATE_ORGANISATION, XQ_CHECKLIST_STATE_CHECKLIST, XQ_CHECKLIST_STATE_ITEM,
  XQ_CHECKLIST_STATE_STATE, XQ_CHECKLIST_STATE_SCORE, XQ_CHECKLIST_STATE_ASSESSED, XQ_CHECKLIST_STATE_TEXT,
};

/* consultation: 协商议事. form, level and topic_code are the scheme's words. */
extern const XqRecordType XQ_CONSULTATION;
enum {
  XQ_CONSULTATION_UNIT, XQ_CONSULTATION_FORM, XQ_CONSULTATION_LEVEL, XQ_CONSULTATION_TOPIC, XQ_CONSULTATION_TOPIC_CODE,
  XQ_CONSULTATION_HELD, XQ_CONSULTATION_ATTENDANCE, XQ_CONSULTATION_OUTCOME, XQ_CONSULTATION_RESOLVED,
};

/* consultation_party: who took part, and how many of them. */
extern const XqRecordType XQ_CONSULTATION_PARTY;
enum {
  XQ_CONSULTATION_PARTY_CONSULTATION, XQ_CONSULTATION_PARTY_PARTY, XQ_CONSULTATION_PARTY_HEADCOUNT,
};

/* poll → poll_option: what residents named as most urgent. */
extern const XqRecordType XQ_POLL;
enum {
  XQ_POLL_UNIT, XQ_POLL_NAME, XQ_POLL_CLOSED, XQ_POLL_BALLOTS,
};

extern const XqRecordType XQ_POLL_OPTION;
enum {
  XQ_POLL_OPTION_POLL, XQ_POLL_OPTION_PROBLEM, XQ_POLL_OPTION_VOTES,
};

/* project: 民生实事. before, after: the quantity then and now; converted: of what was something else before (a separate fact). */
extern const XqRecordType XQ_PROJECT;
enum {
  XQ_PROJECT_UNIT, XQ_PROJECT_NAME, XQ_PROJECT_KIND, XQ_PROJECT_STARTED, XQ_PROJECT_FINISHED, XQ_PROJECT_BEFORE_QUANTITY,
  XQ_PROJECT_AFTER_QUANTITY, XQ_PROJECT_CONVERTED, XQ_PROJECT_MEASURE, XQ_PROJECT_TEXT,
};

extern const XqRecordType XQ_PROJECT_FUNDING;
enum {
  XQ_PROJECT_FUNDING_PROJECT, XQ_PROJECT_FUNDING_SOURCE, XQ_PROJECT_FUNDING_AMOUNT, XQ_PROJECT_FUNDING_FUNDER,
};

/* public_income: what the common parts brought in and what it was spent on, by period. */
extern const XqRecordType XQ_PUBLIC_INCOME;
enum {
  XQ_PUBLIC_INCOME_UNIT, XQ_PUBLIC_INCOME_PROPERTY_AREA, XQ_PUBLIC_INCOME_PERIOD_END, XQ_PUBLIC_INCOME_SOURCE,
  XQ_PUBLIC_INCOME_INCOME, XQ_PUBLIC_INCOME_SPENT, XQ_PUBLIC_INCOME_SPENT_ON, XQ_PUBLIC_INCOME_PUBLISHED,
};

/* points_account → points_entry: volunteers' points. points of an entry are positive; kind says whether they come or go. The store never lets a balance fall below nothing, on any day. */
extern const XqRecordType XQ_POINTS_ACCOUNT;
enum {
  XQ_POINTS_ACCOUNT_UNIT, XQ_POINTS_ACCOUNT_MEMBER, XQ_POINTS_ACCOUNT_LABEL, XQ_POINTS_ACCOUNT_OPENED, XQ_POINTS_ACCOUNT_CLOSED,
};

extern const XqRecordType XQ_POINTS_ENTRY;
enum {
  XQ_POINTS_ENTRY_ACCOUNT, XQ_POINTS_ENTRY_DAY, XQ_POINTS_ENTRY_KIND, XQ_POINTS_ENTRY_POINTS, XQ_POINTS_ENTRY_REASON,
};

/* ticket: 吹哨事项. deadline: to close it, of the present round. level and category are the scheme's words. */
extern const XqRecordType XQ_TICKET;
enum {
  XQ_TICKET_UNIT, XQ_TICKET_NUMBER, XQ_TICKET_LEVEL, XQ_TICKET_CATEGORY, XQ_TICKET_TITLE, XQ_TICKET_RAISED, XQ_TICKET_DEADLINE,
  XQ_TICKET_RESPOND_BY, XQ_TICKET_SOURCE, XQ_TICKET_URGENT, XQ_TICKET_TEXT,
};

extern const XqRecordType XQ_TICKET_DEPARTMENT;
enum {
  XQ_TICKET_DEPARTMENT_TICKET, XQ_TICKET_DEPARTMENT_DEPARTMENT, XQ_TICKET_DEPARTMENT_ROLE,
};

/* ticket_event: the steps in the order of day, then ordinal (a ticket's running number, from 1). solved and satisfied: of a verification. */
extern const XqRecordType XQ_TICKET_EVENT;
enum {
  XQ_TICKET_EVENT_TICKET, XQ_TICKET_EVENT_ORDINAL, XQ_TICKET_EVENT_KIND, XQ_TICKET_EVENT_DAY, XQ_TICKET_EVENT_DEPARTMENT,
  XQ_TICKET_EVENT_ROUND, XQ_TICKET_EVENT_TEXT, XQ_TICKET_EVENT_SOLVED, XQ_TICKET_EVENT_SATISFIED,
};

/* contradiction: 矛盾纠纷 register, solved one by one. */
extern const XqRecordType XQ_CONTRADICTION;
enum {
  XQ_CONTRADICTION_UNIT, XQ_CONTRADICTION_CATEGORY, XQ_CONTRADICTION_TITLE, XQ_CONTRADICTION_RAISED, XQ_CONTRADICTION_RESOLVED,
  XQ_CONTRADICTION_METHOD, XQ_CONTRADICTION_TICKET,
};

/* petition_count: 信访 by period: counted, never ranked, no names. */
extern const XqRecordType XQ_PETITION_COUNT;
enum {
  XQ_PETITION_COUNT_UNIT, XQ_PETITION_COUNT_PERIOD_END, XQ_PETITION_COUNT_BATCHES, XQ_PETITION_COUNT_PEOPLE,
};

/* activity: 党群活动日, neighbours' activities, awards (最美系列). */
extern const XqRecordType XQ_ACTIVITY;
enum {
  XQ_ACTIVITY_UNIT, XQ_ACTIVITY_ORGANISATION, XQ_ACTIVITY_KIND, XQ_ACTIVITY_NAME, XQ_ACTIVITY_HELD, XQ_ACTIVITY_ATTENDANCE,
  XQ_ACTIVITY_TEXT,
};

/* confirmation: a community confirms its data of a period (2024Q4), also as unchanged. post: of who did. */
extern const XqRecordType XQ_CONFIRMATION;
enum {
  XQ_CONFIRMATION_UNIT, XQ_CONFIRMATION_PERIOD, XQ_CONFIRMATION_KIND, XQ_CONFIRMATION_POST, XQ_CONFIRMATION_CONFIRMED,
};

/* correction: why a figure of a locked period was put right, and what it was. */
extern const XqRecordType XQ_CORRECTION;
enum {
  XQ_CORRECTION_UNIT, XQ_CORRECTION_PERIOD, XQ_CORRECTION_SUBJECT, XQ_CORRECTION_REASON, XQ_CORRECTION_OLD_VALUE,
  XQ_CORRECTION_NEW_VALUE, XQ_CORRECTION_CORRECTED,
};

/* finding_acknowledgement: a finding that is known and stands for a reason, until a day. subject: the id of the row it is about, or empty. */
extern const XqRecordType XQ_FINDING_ACKNOWLEDGEMENT;
enum {
  XQ_FINDING_ACKNOWLEDGEMENT_UNIT, XQ_FINDING_ACKNOWLEDGEMENT_RULE, XQ_FINDING_ACKNOWLEDGEMENT_SUBJECT,
  XQ_FINDING_ACKNOWLEDGEMENT_REASON, XQ_FINDING_ACKNOWLEDGEMENT_DECIDED, XQ_FINDING_ACKNOWLEDGEMENT_VALID_TO,
  XQ_FINDING_ACKNOWLEDGEMENT_POST, XQ_FINDING_ACKNOWLEDGEMENT_FIGURES,
};

/* published_figure: what was published of a unit by a day. A figure that comes to it is no sample figure, see xq-published-figure.h. */
extern const XqRecordType XQ_PUBLISHED_FIGURE;
enum {
  XQ_PUBLISHED_FIGURE_UNIT, XQ_PUBLISHED_FIGURE_INDICATOR, XQ_PUBLISHED_FIGURE_AS_OF, XQ_PUBLISHED_FIGURE_NUMERATOR,
  XQ_PUBLISHED_FIGURE_DENOMINATOR, XQ_PUBLISHED_FIGURE_TEXT, XQ_PUBLISHED_FIGURE_SOURCE,
};

/*
 * base_unit: what a re-draw never splits, a physical compound. unit: the compound in force that holds it now; former: the compound
 * that it was by itself until a re-draw closed that. Its figures are its part of the unit's; they count only where the unit holds
 * several. shape: a GeoJSON geometry in degrees (RFC 7946) without blanks. A compound without such rows is one base unit.
 */
extern const XqRecordType XQ_BASE_UNIT;
enum {
  XQ_BASE_UNIT_UNIT, XQ_BASE_UNIT_NAME, XQ_BASE_UNIT_CODE, XQ_BASE_UNIT_FORMER, XQ_BASE_UNIT_HOUSEHOLDS, XQ_BASE_UNIT_RESIDENTS,
  XQ_BASE_UNIT_RESIDENT_FULL, XQ_BASE_UNIT_FORMAL_FULL, XQ_BASE_UNIT_CHECKED_IN, XQ_BASE_UNIT_SHAPE, XQ_BASE_UNIT_NOTE,
};

/* base_link: two base units that are neighbours, or are not, because somebody says so. */
extern const XqRecordType XQ_BASE_LINK;
enum { XQ_BASE_LINK_BASE, XQ_BASE_LINK_OTHER, XQ_BASE_LINK_KIND };

/* map_way: a road, river or railway of the district's map; a barrier keeps what lies on its two sides apart. breadth in m. */
extern const XqRecordType XQ_MAP_WAY;
enum { XQ_MAP_WAY_UNIT, XQ_MAP_WAY_KIND, XQ_MAP_WAY_NAME, XQ_MAP_WAY_BARRIER, XQ_MAP_WAY_BREADTH, XQ_MAP_WAY_SHAPE };

/*
 * plan_scenario: a plan to draw the units of a district, street or community (unit) anew: its stage and who decides, the rules it was
 * made by, and what the last proposal came to (status … unable_bound; null once it was edited). contact_units null: as many as need be.
 */
extern const XqRecordType XQ_PLAN_SCENARIO;
enum {
  XQ_PLAN_SCENARIO_UNIT, XQ_PLAN_SCENARIO_NAME, XQ_PLAN_SCENARIO_STAGE, XQ_PLAN_SCENARIO_DECIDER, XQ_PLAN_SCENARIO_DECIDED,
  XQ_PLAN_SCENARIO_EFFECTIVE, XQ_PLAN_SCENARIO_SOURCE, XQ_PLAN_SCENARIO_GOAL, XQ_PLAN_SCENARIO_MEMBERS_FLOOR,
  XQ_PLAN_SCENARIO_HOUSEHOLDS_MIN, XQ_PLAN_SCENARIO_HOUSEHOLDS_MAX, XQ_PLAN_SCENARIO_CONTACT_UNITS, XQ_PLAN_SCENARIO_MAX_BASE,
  XQ_PLAN_SCENARIO_TARGET_HOUSEHOLDS, XQ_PLAN_SCENARIO_CONTIGUOUS, XQ_PLAN_SCENARIO_BARRIERS, XQ_PLAN_SCENARIO_LOCKS,
  XQ_PLAN_SCENARIO_PROPERTY_AREAS, XQ_PLAN_SCENARIO_CONTAINMENT, XQ_PLAN_SCENARIO_ADJACENCY, XQ_PLAN_SCENARIO_GAP,
  XQ_PLAN_SCENARIO_SEED, XQ_PLAN_SCENARIO_STATUS, XQ_PLAN_SCENARIO_PROVEN, XQ_PLAN_SCENARIO_VALUE, XQ_PLAN_SCENARIO_BOUND,
  XQ_PLAN_SCENARIO_UNABLE_BOUND, XQ_PLAN_SCENARIO_NOTE, XQ_PLAN_SCENARIO_CREATED,
};

/* plan_unit: a unit of a scenario. continues: the unit of today that goes on as it; null: reckoned, see XqPlanScore. */
extern const XqRecordType XQ_PLAN_UNIT;
enum {
  XQ_PLAN_UNIT_SCENARIO, XQ_PLAN_UNIT_NUMBER, XQ_PLAN_UNIT_NAME, XQ_PLAN_UNIT_CODE, XQ_PLAN_UNIT_LOCKED, XQ_PLAN_UNIT_CONTINUES,
};

/* plan_place: the unit of a scenario that a base unit is in; no row: in none. */
extern const XqRecordType XQ_PLAN_PLACE;
enum { XQ_PLAN_PLACE_SCENARIO, XQ_PLAN_PLACE_BASE, XQ_PLAN_PLACE_PLAN_UNIT };

/* plan_pair: two base units that must come into one unit, or must not. */
extern const XqRecordType XQ_PLAN_PAIR;
enum { XQ_PLAN_PAIR_SCENARIO, XQ_PLAN_PAIR_BASE, XQ_PLAN_PAIR_OTHER, XQ_PLAN_PAIR_KIND };

/** All record types, %NULL-terminated, parents before children. */
extern const XqRecordType *const XQ_RECORD_TYPES[];
/** The type called @name, or %NULL. */
const XqRecordType *xq_record_type_by_name (const char *name);

G_END_DECLS
