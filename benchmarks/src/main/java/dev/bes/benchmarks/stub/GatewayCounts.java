package dev.bes.benchmarks.stub;

import java.util.List;

/**
 * The calls at the gateway.
 *
 * @param refused calls that it refused
 * @param perQuota calls that it let through in each period of the quota in which there were some
 */
public record GatewayCounts(long refused, List<Long> perQuota) {}
