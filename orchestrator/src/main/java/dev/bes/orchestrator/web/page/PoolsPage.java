package dev.bes.orchestrator.web.page;

import dev.bes.api.installation.PoolsJson.NewPoolJson;
import dev.bes.api.installation.PoolsJson.NewRateJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.account.Role;
import dev.bes.orchestrator.web.api.installation.VisiblePools;
import dev.bes.orchestrator.web.request.FormPost;
import dev.bes.orchestrator.web.security.Requires;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;

/** The page of pools. */
@Controller
final class PoolsPage {
    private final VisiblePools pools;

    PoolsPage(VisiblePools pools) {
        this.pools = pools;
    }

    @GetMapping("/pools")
    @Requires(Role.VIEWER)
    String pools(Model model, Access access) {
        model.addAttribute("pools", pools.all(access));
        return "pools";
    }

    @FormPost("/pools")
    @Requires(value = Role.ADMIN, everywhere = true)
    String put(
            @RequestParam String name,
            @RequestParam(defaultValue = "") String description,
            @RequestParam Integer slots,
            @RequestParam(required = false) @Nullable Integer launches,
            @RequestParam(required = false) @Nullable Integer periodSeconds,
            Access access) {
        NewRateJson rate = launches == null ? null : new NewRateJson(launches, periodSeconds);
        pools.put(name.strip(), new NewPoolJson(description, slots, rate), access, before -> {});
        return "redirect:/pools";
    }

    @PostMapping(
            path = "/pools/{name}/remove",
            consumes = {MediaType.APPLICATION_FORM_URLENCODED_VALUE, MediaType.MULTIPART_FORM_DATA_VALUE},
            produces = MediaType.TEXT_HTML_VALUE)
    @Requires(value = Role.ADMIN, everywhere = true)
    String remove(@PathVariable String name, @RequestBody(required = false) byte @Nullable [] noFields, Access access) {
        pools.remove(name, access, before -> {});
        return "redirect:/pools";
    }
}
