package dev.bes.sandbox.problem;

import dev.bes.sandbox.http.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** A request that the service refuses, as {@code error.code}, {@code error.message} and {@code error.details[]}. */
public final class Rejection extends RuntimeException {

    private static final JsonMapper json = JsonMapper.builder().build();

    private final ErrorCode kind;
    private final String detailCode;

    Rejection(ErrorCode kind, String detailCode, String detail) {
        super(detail);
        this.kind = kind;
        this.detailCode = detailCode;
    }

    /** The error as the service words it. */
    public Reply reply() {
        Map<String, Object> detail = new LinkedHashMap<>();
        detail.put("code", detailCode);
        detail.put("message", getMessage());
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", kind.code);
        error.put("message", kind.message);
        error.put("details", List.of(detail));
        return Reply.json(kind.status, json.writeValueAsString(Map.of("error", error)));
    }
}
