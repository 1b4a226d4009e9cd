-- The service reads the log and adds to it. MAINTAIN is what the library's LOCK TABLE … IN EXCLUSIVE
-- MODE asks for, beside INSERT.

REVOKE ALL ON ALL FUNCTIONS IN SCHEMA log FROM PUBLIC;
REVOKE ALL ON TYPE log.dcb_event_tt, log.dcb_query_item_tt FROM PUBLIC;

GRANT USAGE ON SCHEMA log TO segments_service;
GRANT USAGE ON TYPE log.dcb_event_tt, log.dcb_query_item_tt TO segments_service;
GRANT SELECT, INSERT ON log.events_tt_main, log.events_tt_tag TO segments_service;
GRANT MAINTAIN ON log.events_tt_main TO segments_service;
GRANT USAGE ON SEQUENCE log.events_tt_main_id_seq TO segments_service;
GRANT EXECUTE ON FUNCTION
    log.dcb_conditional_append_tt(log.dcb_query_item_tt[], bigint, log.dcb_event_tt[]),
    log.dcb_unconditional_append_tt(log.dcb_event_tt[])
TO segments_service;
