package dev.bes.orchestrator.web.api.installation;

import dev.bes.api.installation.PoolsJson;
import dev.bes.api.installation.PoolsJson.NewPoolJson;
import dev.bes.api.installation.PoolsJson.PoolJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.run.pool.Pool;
import dev.bes.orchestrator.web.api.installation.VisiblePools.Visible;
import dev.bes.orchestrator.web.list.ListQuery;
import dev.bes.orchestrator.web.list.Listed;
import dev.bes.orchestrator.web.request.EmptyBody;
import dev.bes.orchestrator.web.request.EntityTag;
import dev.bes.orchestrator.web.request.JsonPost;
import dev.bes.orchestrator.web.security.Requires;
import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.core.io.InputStreamResource;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Reads and changes pools, for programs. */
@RestController
@RequestMapping(path = "/api/v1/pools", produces = MediaType.APPLICATION_JSON_VALUE)
final class PoolsApi {
    private static final Map<String, Function<PoolJson, @Nullable Object>> KEYS =
            Map.of("name", PoolJson::name, "used", PoolJson::used, "waiting", PoolJson::waiting);

    private final VisiblePools pools;
    private final EmptyBody emptyBody;

    PoolsApi(VisiblePools pools, EmptyBody emptyBody) {
        this.pools = pools;
        this.emptyBody = emptyBody;
    }

    @GetMapping
    @Requires(Role.VIEWER)
    @Listed(
            of = PoolJson.class,
            items = "pools",
            sort = {"name", "used", "waiting"})
    PoolsJson all(ListQuery list, Access access) {
        ListQuery.Page<PoolJson> page = list.of(pools.all(access), KEYS, PoolJson::name);
        return new PoolsJson(page.items(), page.next());
    }

    @GetMapping("/{name}")
    @Requires(Role.VIEWER)
    @Listed(of = PoolJson.class)
    ResponseEntity<PoolJson> find(@PathVariable String name, Access access) {
        return answer(pools.find(name, access));
    }

    @PutMapping(path = "/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    @Requires(value = Role.ADMIN, everywhere = true)
    ResponseEntity<PoolJson> put(
            @PathVariable String name, @RequestBody NewPoolJson limits, HttpServletRequest request, Access access) {
        pools.put(name, limits, access, before -> tag(before).require(request));
        return answer(pools.find(name, access));
    }

    @JsonPost("/{name}/remove")
    @Requires(value = Role.ADMIN, everywhere = true)
    PoolJson remove(
            @PathVariable String name,
            @RequestBody(required = false) @Nullable InputStreamResource body,
            HttpServletRequest request,
            Access access) {
        emptyBody.require(body);
        PoolJson removed = pools.find(name, access).json();
        pools.remove(name, access, before -> tag(before).require(request));
        return removed;
    }

    private static ResponseEntity<PoolJson> answer(Visible pool) {
        return ResponseEntity.ok().eTag(tag(pool.pool()).value()).body(pool.json());
    }

    /** Changes with what administrators decide, and not with the use. */
    private static EntityTag tag(@Nullable Pool pool) {
        return EntityTag.of(pool == null ? null : List.of(pool.name(), pool.version(), pool.changedAt()));
    }
}
