package dev.bes.cli;

/** Answers of the API, as the service gives them. */
final class Answers {
    static final String SHA = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824";

    private Answers() {}

    static String run(long id, String state, String cause, int ended, int attention) {
        return """
                {"id":%d,"definition":"birdstrikes","trigger":"request","occurrence":"request:k","state":"%s","cause":%s,\
                "scoringCount":2,"endedCount":%d,"attentionCount":%d,"fireTime":null,"createdAt":"2026-11-29T01:02:03Z",\
                "cancelRequestedAt":null,"endedAt":null,"forecast":null,"links":{}}""".formatted(id, state, cause == null ? "null" : "\"" + cause + "\"", ended, attention);
    }

    static String runs(String... runs) {
        return "{\"runs\":[" + String.join(",", runs) + "],\"next\":null}";
    }

    static String detail(String run, String scorings) {
        return run.substring(0, run.length() - 1) + ",\"counts\":{},\"scorings\":[" + scorings
                + "],\"history\":[],\"historyTruncated\":false,\"changed\":[]}";
    }

    /** A delivered scoring whose output holds {@code hello}. */
    static String delivered(int position, String output) {
        return """
                {"position":%d,"step":"DELIVERED","state":"Finished","stopReason":null,"attention":null,"cause":null,\
                "files":{"input1":"a.csv"},"dueAt":null,"endedAt":null,"attempts":[],"outputs":{"%s":{"href":"/x","rows":1,\
                "bytes":5,"sha256":"%s"}},"links":{}}""".formatted(position, output, SHA);
    }

    static String scorings(String... scorings) {
        return "{\"scorings\":[" + String.join(",", scorings) + "],\"links\":{}}";
    }

    static String problem(int status, String kind, String detail) {
        return "{\"type\":\"/problems#%s\",\"title\":\"T\",\"status\":%d,\"detail\":\"%s\"}"
                .formatted(kind, status, detail);
    }
}
