package dev.bes.orchestrator.remote.bes;

import tools.jackson.databind.json.JsonMapper;

/** The JSON mapper of this package, with the default limits on nesting and lengths. */
final class BesJson {

    static final JsonMapper MAPPER = new JsonMapper();

    private BesJson() {}
}
