package dev.bes.sandbox.gateway.policy;

import dev.bes.sandbox.managedapi.Policy;
import dev.bes.sandbox.managedapi.Policy.AddressRange;
import java.util.Arrays;
import java.util.Optional;

/** Runs {@code ip-filter}. Source: policy reference, and error handling in policies for the reasons. */
final class IpFilterStep implements Step {

    private final Policy.IpFilter policy;

    IpFilterStep(Policy.IpFilter policy) {
        this.policy = policy;
    }

    @Override
    public Optional<Refusal> run(GatewayCall call) {
        byte[] address = call.ipAddress().getAddress();
        boolean listed = policy.ranges().stream().anyMatch(range -> contains(range, address));
        if (listed == policy.allow()) {
            return Optional.empty();
        }
        return Optional.of(Refusals.addressRefused(policy.allow() ? "CallerIpNotAllowed" : "CallerIpBlocked"));
    }

    private static boolean contains(AddressRange range, byte[] address) {
        byte[] from = range.from().getAddress();
        return from.length == address.length
                && Arrays.compareUnsigned(from, address) <= 0
                && Arrays.compareUnsigned(address, range.to().getAddress()) <= 0;
    }
}
