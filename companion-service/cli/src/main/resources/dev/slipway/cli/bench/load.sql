-- What a busy installation holds. Each step begins with its name. Ids are computed, so that no step has to look
-- anything up: source s has the tasks 5(s-1)+1 to 5(s-1)+5 (the source package, then one per architecture) and the
-- packages 10(s-1)+1 to 10(s-1)+10. A build has two sources; the oldest one, with the id 0, has ${big} of them. Rows are
-- written in the order in which a companion writes them: what belongs to one build comes together.

-- step: people, platforms and their repositories
insert into app_user (id, username, email, kind, created_at)
select 1000 + n, 'packager-' || n, 'packager-' || n || '@bench.example', 'person', now() - interval '2 years'
  from generate_series(0, 49) n;
insert into platform (id, name, type, distr_type, distr_version, test_dist_name, arch_list, data, created_at)
select 1000 + n, 'bench-el' || (8 + n), 'rpm', 'bench', (8 + n)::text, 'bench',
       array['x86_64', 'i686', 'aarch64', 'ppc64le'],
       jsonb_build_object('recipe', jsonb_build_object('kind', 'host'),
                          'macros', jsonb_build_object('dist', '.el' || (8 + n))),
       now() - interval '2 years'
  from generate_series(0, 3) n;
insert into repository (id, name, arch, type, kind, url, options, created_at)
select 1000 + n, 'bench-remote-' || n, (array['x86_64', 'i686', 'aarch64', 'ppc64le'])[1 + n % 4], 'rpm', 'remote',
       'https://mirror.bench.example/' || n || '/', '{}', now() - interval '2 years'
  from generate_series(0, 31) n;
insert into platform_repository (platform_id, repository_id) select 1000 + n / 8, 1000 + n from generate_series(0, 31) n;

-- step: builds
insert into build (id, owner_id, created_at, finished_at, priority, options, unfinished_tasks, signed, released)
select b, 1000 + b % 50, at, case when not open then at + interval '40 minutes' end, b * 7 % 10, '{}',
       case when open then 8 else 0 end, not open and b % 10 < 6, not open and b % 10 < 4
  from generate_series(0, ${builds}) b
 cross join lateral (select b > ${builds} - ${unfinished} and b <= ${builds} as open,
                            now() - (${builds} + 1 - b) * interval '5 minutes' as at) x;
insert into build_platform (build_id, platform_id, arch_list)
select b, 1000 + b % 4, array['x86_64', 'i686', 'aarch64', 'ppc64le'] from generate_series(0, ${builds}) b;

-- step: sources
insert into source_url (id, url) select n, 'https://git.bench.example/rpms/lib' || n || '.git' from generate_series(0, 2999) n;
insert into build_source (id, build_id, index, url_id, url, git_ref, ref_type, commit_hash, options)
select s, b, case when b = 0 then s - 2 * ${builds} - 1 else (s - 1) % 2 end, s * 7919 % 3000,
       'https://git.bench.example/rpms/lib' || s * 7919 % 3000 || '.git',
       case s % 4 when 0 then 'c9s' when 1 then 'c8s' when 2 then 'main' else 'v1.' || s / 4 % 500 end,
       1, md5(s::text) || '00000000', '{"options": {}}'
  from generate_series(1, 2 * ${builds} + ${big}) s
 cross join lateral (select case when s <= 2 * ${builds} then (s + 1) / 2 else 0 end as b) x
 order by s;

-- step: tasks
insert into task (id, kind, slot, state, build_id, owner_id, arch, priority, fair_rank, timeout_seconds, attempts,
                  generation, created_at, ready_at, started_at, finished_at)
select 5 * (s - 1) + 1 + k, 'build', 'build:rpm:' || arch, case when ready then 'ready' else 'succeeded' end, b,
       1000 + b % 50, arch, b * 7 % 10, b / 50, 21600, case when ready then 0 else 1 end,
       case when ready then 0 else 1 end, at, at, case when not ready then at + interval '1 minute' end,
       case when not ready then at + interval '30 minutes' end
  from generate_series(1, 2 * ${builds} + ${big}) s
 cross join generate_series(0, 4) k
 cross join lateral (select case when s <= 2 * ${builds} then (s + 1) / 2 else 0 end as b) x
 cross join lateral (select (array['src', 'x86_64', 'i686', 'aarch64', 'ppc64le'])[1 + k] as arch,
                            k > 0 and b > ${builds} - ${unfinished} and b <= ${builds} as ready,
                            now() - (${builds} + 1 - b) * interval '5 minutes' as at) y
 order by s, k;

-- step: what the tasks build
insert into build_task (task_id, build_id, build_source_id, platform_id, arch, source_task_id)
select 5 * (s - 1) + 1 + k, b, s, 1000 + b % 4, (array['src', 'x86_64', 'i686', 'aarch64', 'ppc64le'])[1 + k],
       case when k > 0 then 5 * (s - 1) + 1 end
  from generate_series(1, 2 * ${builds} + ${big}) s
 cross join generate_series(0, 4) k
 cross join lateral (select case when s <= 2 * ${builds} then (s + 1) / 2 else 0 end as b) x
 order by s, k;
insert into task_dependency (task_id, depends_on_id, satisfied_at)
select 5 * (s - 1) + 1 + k, 5 * (s - 1) + 1, now()
  from generate_series(1, 2 * ${builds} + ${big}) s cross join generate_series(1, 4) k
 order by s, k;

-- step: attempts
insert into task_attempt (task_id, generation, worker_name, started_at, ended_at, outcome)
select id, 1, 'bench-worker-' || id % 32, started_at, finished_at, 'succeeded' from task where state = 'succeeded';

-- step: blobs
insert into blob (sha256, size, created_at)
select lpad(to_hex(n), 16, '0') || md5(n::text) || repeat('f', 16), 20000, now() from generate_series(0, 999) n;
insert into blob (sha256, size, created_at)
select lpad(to_hex(p), 16, '0') || md5(p::text) || repeat('0', 16), 20000 + p % 100000, now()
  from generate_series(1, 20 * ${builds} + 10 * ${big}) p;

-- step: packages
insert into package (id, format, name, epoch, version, release, arch, nevra, is_source, is_debug, source_name, summary,
                     file_name, blob_sha256, size, content_digest, header, header_start, header_end, created_at)
select p, 'rpm', name, epoch, version, release, arch,
       name || '-' || coalesce(epoch || ':', '') || version || '-' || release || '.' || arch,
       j = 0, j = 9, source, 'What ' || name || ' is for', name || '-' || version || '-' || release || '.' || arch || '.rpm',
       lpad(to_hex(p), 16, '0') || md5(p::text) || repeat('0', 16), 20000 + p % 100000,
       lpad(to_hex(p), 16, '0') || md5(p::text) || repeat('c', 16),
       jsonb_build_object('license', 'MIT', 'provides', jsonb_build_array(name, name || '(' || arch || ')'),
                          'requires', jsonb_build_array('libc.so.6()(64bit)', 'rtld(GNU_HASH)', source || '-libs')),
       5000, 9000, at
  from generate_series(1, 20 * ${builds} + 10 * ${big}) p
 cross join lateral (select (p - 1) / 10 + 1 as s, (p - 1) % 10 as j) x
 cross join lateral (select case when s <= 2 * ${builds} then (s + 1) / 2 else 0 end as b, 'lib' || s * 7919 % 3000 as source,
                            case when j in (0, 9) then (array['src', 'x86_64'])[1 + j / 9]
                                 else (array['x86_64', 'i686', 'aarch64', 'ppc64le'])[1 + (j - 1) / 2] end as arch) y
 cross join lateral (select source || case when j = 9 then '-debuginfo' when j > 0 and j % 2 = 0 then '-devel' else '' end
                              as name,
                            case when s % 100 = 0 then s / 100 % 5 + 1 end as epoch,
                            '1.' || b % 40 || '.' || b % 7 as version, b / 40 % 60 + 1 || '.el' || 8 + b % 4 as release,
                            now() - (${builds} + 1 - b) * interval '5 minutes' as at) z;

-- step: artifacts
insert into artifact (task_id, name, type, blob_sha256, size, package_id, created_at)
select 5 * ((p.id - 1) / 10) + 1 + case (p.id - 1) % 10 when 0 then 0 when 9 then 1 else 1 + ((p.id - 1) % 10 - 1) / 2 end,
       p.file_name, case when p.is_source then 'src_rpm' else 'rpm' end, p.blob_sha256, p.size, p.id, p.created_at
  from package p join task t
    on t.id = 5 * ((p.id - 1) / 10) + 1
            + case (p.id - 1) % 10 when 0 then 0 when 9 then 1 else 1 + ((p.id - 1) % 10 - 1) / 2 end
 where t.state = 'succeeded'
 union all
select id, 'build.log', 'log', lpad(to_hex(id % 1000), 16, '0') || md5((id % 1000)::text) || repeat('f', 16), 20000, null,
       finished_at
  from task where state = 'succeeded'
 order by 1, 6 nulls last;

-- step: packages by build
insert into build_package (artifact_id, build_id, name, epoch, version, release, arch)
select a.id, t.build_id, p.name, coalesce(p.epoch, 0), p.version, p.release, p.arch
  from artifact a join task t on t.id = a.task_id join package p on p.id = a.package_id
 order by a.id;

-- step: repositories of the builds
insert into repository (id, name, arch, type, debug, kind, platform_id, build_id, options, created_at)
select 1100 + 6 * b + k, 'build-' || b || '-bench-el' || (8 + b % 4),
       (array['src', 'x86_64', 'i686', 'aarch64', 'ppc64le', 'x86_64'])[1 + k], 'rpm', k = 5, 'build', 1000 + b % 4, b,
       '{}', now() - (${builds} + 1 - b) * interval '5 minutes'
  from generate_series(0, ${builds}) b cross join generate_series(0, 5) k
 order by b, k;
insert into channel (id, path, type, repository_id)
select 1100 + 6 * b + k,
       'builds/' || b || '/bench-el' || (8 + b % 4) || '/'
         || (array['src', 'x86_64', 'i686', 'aarch64', 'ppc64le', 'x86_64-debug'])[1 + k], 'rpm', 1100 + 6 * b + k
  from generate_series(0, ${builds}) b cross join generate_series(0, 5) k
 order by b, k;

-- step: one repository of many packages
insert into repository (id, name, arch, type, kind, options, current_version, created_at)
values (1099, 'bench-hosted', 'x86_64', 'rpm', 'hosted', '{}', 1, now());
insert into channel (id, path, type, repository_id) values (1099, 'bench-hosted/x86_64', 'rpm', 1099);
insert into repository_package (repository_id, package_id, nevra, added_in)
select 1099, max(id), nevra, 1 from package where arch = 'x86_64' and not is_debug group by nevra order by 2 limit 60000;
insert into repository_version (repository_id, number, content_hash, package_count, reason, created_at)
select 1099, 1, md5('bench'), count(*), 'bench', now() from repository_package where repository_id = 1099;

-- step: the ids that are taken
select setval(pg_get_serial_sequence('app_user', 'id'), 2000), setval(pg_get_serial_sequence('platform', 'id'), 2000);
select setval(pg_get_serial_sequence('build', 'id'), max(id)) from build;
select setval(pg_get_serial_sequence('source_url', 'id'), 3000);
select setval(pg_get_serial_sequence('build_source', 'id'), max(id)) from build_source;
select setval(pg_get_serial_sequence('task', 'id'), max(id)) from task;
select setval(pg_get_serial_sequence('artifact', 'id'), max(id)) from artifact;
select setval(pg_get_serial_sequence('package', 'id'), max(id)) from package;
select setval(pg_get_serial_sequence('repository', 'id'), max(id)) from repository;
select setval(pg_get_serial_sequence('channel', 'id'), max(id)) from channel;
