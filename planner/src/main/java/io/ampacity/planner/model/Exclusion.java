package io.ampacity.planner.model;

/** Why a workload cannot run on a pool. */
public record Exclusion(String workload, Pool pool, String reason) {}
