package dev.bes.orchestrator.web.api.account;

import dev.bes.api.account.MeJson;
import dev.bes.orchestrator.account.Access;
import dev.bes.orchestrator.web.security.CurrentAccess;
import dev.bes.orchestrator.web.security.RequiresSignIn;
import dev.bes.orchestrator.web.security.SecuritySettings;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says who the caller is. */
@RestController
final class MeApi {
    private final SecuritySettings settings;

    MeApi(SecuritySettings settings) {
        this.settings = settings;
    }

    @GetMapping(path = "/api/v1/me", produces = MediaType.APPLICATION_JSON_VALUE)
    @RequiresSignIn
    MeJson me(Access access) {
        return new MeJson(
                access.name(),
                settings.mode() == SecuritySettings.Mode.LOGIN,
                AccountMapper.texts(access.grants()),
                CurrentAccess.mustChangePassword());
    }
}
