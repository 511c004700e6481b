package dev.bes.sandbox.problem;

import dev.bes.sandbox.http.Reply;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** A request that the service refuses, as {@code error.code}, {@code error.message} and {@code error.details[]}. */
public final class Rejection extends RuntimeException {

    private static final JsonMapper json = JsonMapper.builder().build();

    private final ErrorCode kind;
    private final String detailCode;
    private final @Nullable String target;
    private final boolean hasBody;

    /**
     * Creates a refusal.
     *
     * @param detailCode the code within the details; empty for none
     * @param target what the detail is about; null when nothing is named
     */
    Rejection(ErrorCode kind, String detailCode, String detail, @Nullable String target) {
        this(kind, detailCode, detail, target, true);
    }

    private Rejection(ErrorCode kind, String detailCode, String detail, @Nullable String target, boolean hasBody) {
        super(detail);
        this.kind = kind;
        this.detailCode = detailCode;
        this.target = target;
        this.hasBody = hasBody;
    }

    /** The same refusal with its status only. */
    public Rejection withoutBody() {
        return new Rejection(kind, detailCode, String.valueOf(getMessage()), target, false);
    }

    /**
     * The error as the service words it.
     *
     * @param targets whether details name their target
     */
    public Reply reply(boolean targets) {
        if (!hasBody) {
            return new Reply(kind.status, Map.of(), "");
        }
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", kind.code);
        error.put("message", kind.message);
        error.put("details", detailCode.isEmpty() ? List.of() : List.of(detail(targets)));
        return Reply.json(kind.status, json.writeValueAsString(Map.of("error", error)));
    }

    private Map<String, @Nullable String> detail(boolean targets) {
        Map<String, @Nullable String> detail = new LinkedHashMap<>();
        detail.put("code", detailCode);
        if (targets) {
            detail.put("target", target);
        }
        detail.put("message", getMessage());
        return detail;
    }
}
