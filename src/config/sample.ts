/** What `rollwatch config init` writes: every value is the default, so it changes nothing until it is edited. */
export const SAMPLE_CONFIG = `# rollwatch.yaml
# yaml-language-server: $schema=./rollwatch.schema.json
# (for editors; made by: rollwatch config schema > rollwatch.schema.json)
#
# Everything is optional. \`rollwatch config check\` finds mistakes, \`rollwatch config explain\` says where each value
# comes from. A setting at the top holds for all; an environment overrides it, an entry of \`pipelines:\` overrides both.
# Before rollwatch runs anything that is named here: \`rollwatch config trust\`.

# guarded: persistence, veto and guard rails. seed: HIGH risk or any anomaly proposes a rollback.
policy: guarded

# How much rollwatch may do: observe, ask, or auto (after a countdown, in a declared environment).
mode: ask

# Where metric logs are read from; relative to this file.
sources:
  - paths: [monitor_logs]
    # zone: "+02:00"      # of timestamps that name none; UTC if not given
    # backfill: 8d        # how far back from its newest sample a log is judged at the start

# Who calls whom: where the cause of a failure is looked for.
# calls: {checkout: [payments, inventory]}

# The same service elsewhere, deployed at another time: what it shows as well is not blamed on a deployment.
# peers: {checkout-eu: [checkout-us, checkout-asia]}

analysis:
  control: 60m # window before the deployment that it is compared with
  warmUp: 60s # not judged yet
  duration: 2h # then Successful
  minimumSamples: 10
  persistence: 3 # anomalous samples in a row before it is Failed
  warnScore: 0.7 # from this share of its limit on a change is shown, and nothing asked
  riskPrior: true # one fewer after a deployment of HIGH risk, one more after one of unusually low risk
  staleIntervals: 3 # silent for so many intervals = stale
  # limits: {interval: 1m, count: 30, failureLimit: 2}   # measurements decide instead of \`persistence\`, as Argo's
  # traffic: {metric: requests_per_minute, minimumPerMinute: 5}
  # objectives: {error_rate: 40}   # beyond its limit: health at most 40
  detectors:
    threshold:
    ensemble:

metrics:
  cpu_usage: { limit: 90% }
  memory_usage: { limit: 90% }
  response_time: { limit: 600ms }
  error_rate: { limit: 2% }
  # "orders_*": {kind: business, worse: down, weight: 2}

# Guard rails that bind \`auto\`.
guards:
  cooldown: 1h
  budget: { perPipeline: 1, perFleet: 3, window: 1d }
  proposalExpires: 15m
  autoCountdown: 30s
  autoPersistence: 6
  autoScore: 1.4

# freeze:
#   - {name: weekend, days: [sat, sun], from: "00:00", to: "23:59", zone: "+01:00"}

# environments:
#   production: {production: true, mode: ask}
#   staging: {mode: auto}

# pipelines:
#   - match: "checkout-*"
#     environment: production
#     rollback:
#       command: [/usr/local/bin/roll-back, "{pipeline}", "{to}"]
#       review: {repository: /srv/shop.git, block: [migrations, self-heal]} # what a rollback will not undo

# groups:                 # what fails of services deployed together goes back in one rollback, in this order:
#   - name: shop
#     match: [web, api, db]
#     needs: {web: [api], api: [db]}   # web goes back before api, api before db
`;
