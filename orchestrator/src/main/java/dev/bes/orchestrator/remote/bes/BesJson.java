package dev.bes.orchestrator.remote.bes;

import tools.jackson.databind.json.JsonMapper;

/** The one mapper of this package; its default limits on nesting and lengths are wanted. */
final class BesJson {

    static final JsonMapper MAPPER = new JsonMapper();

    private BesJson() {}
}
