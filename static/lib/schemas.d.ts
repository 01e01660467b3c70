// Made by scripts/page-types from internal/httpapi/openapi.yaml: change that, and run it.
export interface components {
    schemas: {
        Teams: {
            server_time: components["schemas"]["Time"];
            /** @description What a team is called */
            title: string;
            /** @description Members with a result from whom on a team is ranked */
            least: number;
            /** @description Members of a team at most */
            most: number;
            /** @description When teams are fixed, UTC ms */
            until: number;
            team: null | {
                name: string;
                /** @description As others see it */
                shown_as: string;
                /** @description Whether the player is */
                captain: boolean;
                /** @description Lets others in; empty once it has ended */
                code: string;
                /** @description UTC ms */
                code_until: number;
                /** @description How many other names the player, who is captain, may give it now */
                renames: number;
                members: {
                    /** @description The member's id, for who takes them out */
                    player: string;
                    name: string;
                    me: boolean;
                    captain: boolean;
                    /** @description By the player, who is captain */
                    removable: boolean;
                }[];
            };
        };
        MissedQuestion: {
            stem: string;
            right: string[];
            explanation: string;
            source: string;
            answers: number;
            wrong: number;
        };
        ScreenState: {
            server_time: components["schemas"]["Time"];
            /** @description One further with each change; 0: nobody has chosen yet */
            seq: number;
            /** @enum {unknown} */
            view: "board" | "far" | "pairs" | "code" | "pledge" | "prizes" | "missed" | "drawing" | "live" | "turn";
            /** @description Id of the drawing or the live room; empty for other views */
            subject: string;
            turns: ("board" | "far" | "pairs" | "code" | "pledge" | "prizes" | "missed")[];
            /** @description Those that the contest has */
            views: ("board" | "far" | "pairs" | "code" | "pledge" | "prizes" | "missed")[];
            /** @description Who supports the contest */
            sponsors: {
                name: string;
                /** @description Name of a picture; empty for none */
                logo: string;
            }[];
            /** @description A screen may ask for a code now */
            pairing: boolean;
            /** @description A code from before this counts no more; milliseconds, UTC */
            pairing_since: number;
            /** @description This screen may show what is not public yet */
            paired: boolean;
            /** @description The live room rehearses, and this screen is not paired */
            hidden: boolean;
            /** @description The winners revealed so far; null where no drawing is shown */
            reveal: null | {
                step: number;
                total: number;
                /** @description Not for this screen before they are published */
                hidden: boolean;
                /** @description The newest of them, the newest last */
                winners: components["schemas"]["ScreenWinner"][];
            };
        };
        ScreenWinner: {
            prize: string;
            /** @description Masked */
            name: string;
            unit: string;
            /** @description Number in the list */
            entry: number;
            /** @description As the winner's phone shows it */
            slip: string;
        };
        DeskScreen: {
            contest: {
                slug: string;
                title: string;
            };
            now: components["schemas"]["Time"];
            shown: {
                seq: number;
                /** @enum {unknown} */
                view: "board" | "far" | "pairs" | "code" | "pledge" | "prizes" | "missed" | "drawing" | "live" | "turn";
                subject: string;
                step: number;
                turns: string[];
                changed_by: string;
                /** @description 0: nobody has chosen yet */
                changed_at: number;
            };
            /** @description Those of the contest that may take turns */
            views: string[];
            /** @description Empty for who may not show them */
            drawings: {
                id: string;
                title: string;
                state: string;
                /** @description Winners to reveal */
                total: number;
            }[];
            /** @description Those that are on; empty for who may not show them */
            rooms: {
                id: string;
                title: string;
                phase: string;
                /** @description Shown on paired screens alone */
                rehearsal: boolean;
            }[];
            screens: {
                id: string;
                /** @description Who paired it */
                by: string;
                at: components["schemas"]["Time"];
                until: components["schemas"]["Time"];
                /** @description When it last asked */
                seen: number;
            }[];
            /** @description Until when screens may ask for a code */
            pairing_until: number;
        };
        /** @enum {string} */
        AwardStatus: "won" | "claimed" | "redeemed" | "credited" | "forfeited" | "paying" | "paid";
        DrawnPrize: {
            /** @description Key */
            prize: string;
            title: string;
            count: number;
            /** @description As announced: cents of yuan, or points; absent where the drawing was planned before it was kept */
            worth?: number;
            /** @description As announced: how it is collected */
            terms?: string;
        };
        /** @enum {string} */
        DrawingState: "planned" | "freezing" | "frozen" | "known" | "drawn" | "published" | "cancelled";
        Drawing: {
            /** @description Empty for one that is only announced */
            id: string;
            key: string;
            title: string;
            state: components["schemas"]["DrawingState"];
            prizes: {
                title: string;
                count: number;
            }[];
            /** @description What all of the list share equally; empty: prizes are drawn */
            shares: string;
            reserves: number;
            /** @description When it is held by the definition, UTC ms; 0: not said */
            at: number;
            source_at: number;
            entries: number;
            /** @description Eight groups of four; empty before the freeze */
            fingerprint: string;
            /** @description Why it was cancelled */
            reason: string;
            published_at: number;
        };
        Waiting: {
            id: string;
            /** @enum {unknown} */
            kind: "exclude" | "readmit" | "forfeit";
            /** @description What happens when another agrees */
            text: string;
            /** @description Of the player that it is about; empty for none */
            nickname: string;
            by: string;
            at: components["schemas"]["Time"];
            /** @description Who asks has proposed it, and cannot agree */
            mine: boolean;
        };
        DeskDrawing: {
            id: string;
            key: string;
            title: string;
            state: components["schemas"]["DrawingState"];
            /** @description One more for each that was cancelled */
            round: number;
            counts_from: number;
            counts_to: number;
            /** @enum {unknown} */
            algorithm: "hmac-sha256" | "rfc3797";
            sources: {
                name: string;
                form: string;
                values: string;
                /** @description The same in the order in which they came */
                thrown: string;
                hex: number;
                count: number;
            }[];
            source_at: components["schemas"]["Time"];
            prizes: components["schemas"]["DrawnPrize"][];
            /** @description What all of the list share equally; empty: prizes are drawn */
            shares: string;
            reserves: number;
            /** @description Players looked at by the freeze, of `total` */
            done: number;
            total: number;
            /** @description Why the last freeze failed */
            problem: string;
            entries: number;
            people: number;
            short: number;
            fingerprint: string;
            seal: string;
            frozen_at: number;
            drawn_at: number;
            published_at: number;
            cancelled_at: number;
            reason: string;
        };
        Confirmed: {
            id: string;
            nickname: string;
            unit: string;
            staff: string;
            note: string;
            proved_at: components["schemas"]["Time"];
            /**
             * Format: int64
             * @description 0: it stands
             */
            undone_at: number;
            undone_by: string;
            reason: string;
            may_undo: boolean;
        };
        DeskVoucher: {
            award: string;
            title: string;
            /** @enum {unknown} */
            kind: "goods" | "voucher" | "credit" | "redpacket" | "points" | "thanks";
            collect: string;
            status: components["schemas"]["AwardStatus"];
            /** @description Masked */
            winner: string;
            /** @description That the winner told to claim by, masked; empty: none */
            name: string;
            /** @description Last digits of the phone, for the winner to say; empty: none */
            phone_tail: string;
            unit: string;
            won_at: components["schemas"]["Time"];
            /** @description Why it cannot be handed out, as a code of a problem; empty: it can */
            code: string;
            /** @description The same in words */
            problem: string;
            redeemed_at: number;
            redeemed_by: string;
            undo_until: number;
        };
        Prize: {
            key: string;
            title: string;
            /** @enum {unknown} */
            kind: "goods" | "voucher" | "credit" | "redpacket" | "points" | "thanks";
            /** @description Cents of yuan; points of kind points */
            value: number;
            /** @description How and where */
            collect: string;
        };
        PrizePool: {
            key: string;
            title: string;
            /** @enum {unknown} */
            face: "wheel" | "scratch" | "envelope";
            /** @enum {unknown} */
            state: "soon" | "open" | "closed";
            opens_at: components["schemas"]["Time"];
            /** @description UTC ms; 0: no end */
            closes_at: number;
            /** @description Some draws win nothing */
            nothing: boolean;
            prizes: {
                key: string;
                title: string;
                /** @enum {unknown} */
                kind: "goods" | "voucher" | "credit" | "redpacket" | "points";
                /** @description Cents of yuan; points of kind points */
                value: number;
                collect: string;
                /** @description In words; empty: by guarantee alone */
                odds: string;
                /** @description Sure with that draw when none before has won; 0: never */
                guaranteed: number;
                /**
                 * @description later: units come free later
                 * @enum {unknown}
                 */
                stock: "all" | "some" | "later" | "out";
            }[];
        };
        Draw: {
            chance: string;
            pool: string;
            pool_title: string;
            /** @description null: nothing */
            prize: null | components["schemas"]["Prize"];
            /** @description Id; empty when there is nothing to collect */
            award: string;
            /** @description The player has to tell something before it can be collected */
            asks: boolean;
            /** @description Until when it can be claimed, UTC ms; 0: no end */
            until: number;
            /** @description Why; mostly empty */
            note: string;
            drawn_at: components["schemas"]["Time"];
        };
        Offers: {
            server_time: components["schemas"]["Time"];
            prizes: {
                key: string;
                title: string;
                /** @enum {unknown} */
                kind: "goods" | "voucher" | "credit" | "redpacket" | "points";
                /** @description Cents of yuan, points of kind points; 0: not told */
                value: number;
                /** @description Name of a picture under /api/v1/images; empty: none */
                photo: string;
                /** @description Units that there are in all */
                stock: number;
                /** @description Units that draws, the shop and live rooms can still give; those kept for public drawings are left out */
                left: number;
                /** @description For which it can be had, in points or of the purse; 0: not in the shop */
                price: number;
                purse?: components["schemas"]["Purse"];
                /** @description An instant draw gives it */
                pools: boolean;
                /** @description A live quiz gives it */
                live: boolean;
                /** @description Units that public drawings give */
                drawn: number;
                /** @description All of a list share it */
                pots: boolean;
            }[];
            drawings: {
                key: string;
                title: string;
                /** @description When it is held, of a series the first, UTC ms; 0: not said */
                at: number;
                /** @description That has passed, and no result is public */
                late: boolean;
                /**
                 * @description Of a series, how often; else empty
                 * @enum {unknown}
                 */
                every: "" | "day" | "week" | "month" | "period";
                prizes: {
                    title: string;
                    count: number;
                }[];
                /** @description What all of the list share equally; empty: prizes are drawn */
                shares: string;
            }[];
        };
        PoolFigures: {
            key: string;
            title: string;
            open: boolean;
            opens_at: components["schemas"]["Time"];
            /** @description UTC ms; 0: no end */
            closes_at: number;
            draws: number;
            prizes: {
                key: string;
                title: string;
                /** @enum {unknown} */
                kind: "goods" | "voucher" | "credit" | "redpacket" | "points" | "thanks";
                /** @description Odds in millionths of a draw */
                declared: number;
                /** @description The same of what chance alone gave */
                measured: number;
                /** @description How often chance alone gave it */
                rolled: number;
                /** @description How often it was given */
                won: number;
                /** @description How often chance gave it and it could not be given */
                missed: {
                    /** @description No unit was left */
                    out?: number;
                    /** @description What was left comes free later */
                    later?: number;
                    /** @description A limit was reached */
                    limit?: number;
                    /** @description A guarantee came in its place */
                    guaranteed?: number;
                };
                guaranteed: number;
                /** @description 0: thanks */
                stock: number;
                /** @description Units, by whatever way */
                out: number;
                /** @description That can still be won */
                left: number;
                /** @description Of those, how many come free later */
                waiting: number;
                /** @description Of a voucher that can be used */
                codes: number;
            }[];
            nothing: {
                declared: number;
                measured: number;
                rolled: number;
            };
            limits: {
                /** @enum {unknown} */
                by: "player" | "phone" | "address" | "unit";
                max: number;
                per: string;
                /** @description Empty: every prize but thanks */
                tier: string;
            }[];
        };
        /**
         * Format: int64
         * @description UTC milliseconds
         */
        Time: number;
        /** Format: int64 */
        Count: number;
        /** @description In points as people count them; where some answer is worth 2.5, and of averages, with one decimal */
        Score: number;
        Problem: {
            /** @constant */
            type: "about:blank";
            /** @description The status in words */
            title: string;
            status: number;
            /** @description Chinese text fit to show */
            detail: string;
            code: string;
            /** @description Name of the wrong field: `nickname`, `options[1]` */
            field?: string;
            /** @description Of `code_elsewhere`: slug of the contest whose booth takes the code */
            contest?: string;
            /**
             * @description Of `work_needed`: a challenge that is solved within two minutes and sent once, with the same call, as the header
             *     `Aq-Work: CHALLENGE ANSWER`. Let seed be the SHA-256 of the challenge's text. For each i from 0 to answers - 1 a
             *     number n below 2^32 is wanted so that SHA-256(seed, i, n), both numbers as four bytes and the highest first,
             *     begins with so many zero bits. ANSWER is the numbers, parted by dots.
             */
            work?: {
                challenge: string;
                bits: number;
                answers: number;
            };
            /** @description Also in the header X-Request-Id */
            request_id: string;
        };
        UnitPlan: {
            /** @description Of the tree that it builds on */
            version: number;
            encoding: string;
            /** @description Rows */
            found: number;
            accepted: number;
            rejected: number;
            /** @description The problems by code */
            codes: {
                code: string;
                title: string;
                /** @enum {unknown} */
                severity: "error" | "warning";
                rows: number;
            }[];
            problems: {
                sheet?: string;
                /** @description 0 for the whole file */
                line: number;
                cell: string;
                code: string;
                message: string;
                /** @enum {unknown} */
                severity: "error" | "warning";
                /** @description What stands there */
                text?: string;
            }[];
            /** @description In the tree after */
            units: number;
            /** @description The sum of the headcounts that are known */
            people: number;
            /** @description Players of units that would go; of a plan that is looked at, 0 of one that was taken */
            left: number;
            /** @description Codes that are stored with zeros in front */
            zeros: {
                /** @description Taken as stored */
                restored: number;
                /** @description Taken as written */
                left: number;
                /** @description Code and name of one, of those left where there are any; empty for none */
                written: string;
                /** @description The same as stored */
                stored: string;
            };
            changes: {
                /** @enum {unknown} */
                kind: "added" | "back" | "renamed" | "moved" | "changed" | "gone";
                total: number;
                shown: {
                    code: string;
                    path: string;
                    before: string;
                    after: string;
                }[];
            }[];
        };
        TypedName: {
            id: string;
            name: string;
            players: number;
            /** @description UTC ms; 0 while it waits */
            decided_at: number;
            unit: null | {
                id: string;
                name: string;
                path: string;
                gone: boolean;
            };
            suggestions: {
                id: string;
                name: string;
                path: string;
                gone: boolean;
                /** @enum {unknown} */
                by: "name" | "alias" | "code" | "form" | "similar";
                score: number;
            }[];
        };
        EnrolRequest: {
            /** @description Shown on boards. No control, format or invisible characters */
            nickname: string;
            /** @description Id of a unit; empty for none, where the contest does not require one; left out: as it is */
            unit?: string;
            /** @description Name of a unit that is not in the list, where `unit_typed`; it waits for staff to find the unit */
            unit_name?: string;
            /** @description Key of a division; empty or left out: as it is */
            division?: string;
            /** @description What was typed, by key of a field; blank or left out: as it is */
            fields?: {
                [key: string]: string;
            };
            /** @description Version of the text that the player agreed to */
            consent?: string;
            guardian?: components["schemas"]["Guardian"];
        };
        /**
         * @description Who agrees for a player under 14 to what `fields` hold; it is kept with them and goes with them. Left out where
         *     nobody has to, or where one agreed before; needed where the number of an identity card tells a child.
         */
        Guardian: {
            /** @description As typed */
            name: string;
            /** @description Version of the text that the guardian agreed to */
            consent: string;
        };
        /** @description What is asked of everybody who plays, beside the nickname */
        Asks: {
            unit_required: boolean;
            /** @description Of which one has to be chosen; empty where there are none */
            divisions: {
                key: string;
                title: string;
            }[];
            fields: {
                key: string;
                label: string;
                kind: components["schemas"]["FieldKind"];
                /**
                 * @description Before the first attempt, or before anything is earned
                 * @enum {string}
                 */
                when: "start" | "earn";
                required: boolean;
                why: string;
                /** @description Of a choice */
                options?: string[];
            }[];
            /** @description The text to agree to; both are empty where no field is asked for */
            consent: {
                version: string;
                text: string;
            };
            guardian?: components["schemas"]["GuardianAsked"];
        };
        /**
         * @description RFC 3339 in the contest's zone
         * @example 2026-06-16T10:00:00+08:00
         */
        ClockTime: string;
        /** @description RFC 3339 in the contest's zone; empty: not yet */
        NoOrClockTime: string;
        /** @description All that is kept of a player in a contest */
        Export: {
            exported_at: components["schemas"]["ClockTime"];
            contest: {
                title: string;
                organizer: string;
                kept_until: components["schemas"]["ClockTime"];
            };
            player: {
                id: string;
                nickname: string;
                /** @description Path; empty for none */
                unit: string;
                /** @description As typed; empty for none */
                unit_typed: string;
                /** @description Title; empty for none */
                division: string;
                joined_at: components["schemas"]["ClockTime"];
                unit_changes: {
                    from: string;
                    to: string;
                    at: components["schemas"]["ClockTime"];
                }[];
            };
            proofs: {
                /** @enum {string} */
                kind: "phone" | "wechat" | "account" | "staff";
                /** @description Masked; empty where none is kept */
                value: string;
                at: components["schemas"]["ClockTime"];
            }[];
            told: {
                label: string;
                value: string;
                agreed_at: components["schemas"]["ClockTime"];
            }[];
            consents: {
                version: string;
                text: string;
                agreed_at: components["schemas"]["ClockTime"];
            }[];
            attempts: {
                /** @description Title */
                level: string;
                started_at: components["schemas"]["ClockTime"];
                finished_at: components["schemas"]["NoOrClockTime"];
                /** @description Null, as score and passed: before the end of a contest that publishes no answers, and of an attempt that is held back */
                correct: number | null;
                score: number | null;
                passed: boolean | null;
                seconds: number;
            }[];
            deeds: {
                kind: string;
                at: components["schemas"]["ClockTime"];
            }[];
            earned: {
                /** @description points, chance, card, try, or @KEY for a purse */
                kind: string;
                amount: number;
                /** @description Title of a card; absent for what is none */
                card?: string;
                at: components["schemas"]["ClockTime"];
            }[];
            awards: {
                title: string;
                kind: string;
                status: components["schemas"]["AwardStatus"];
                won_at: components["schemas"]["ClockTime"];
                redeemed_at: components["schemas"]["NoOrClockTime"];
            }[];
            certificates: {
                title: string;
                text: string;
                number: string;
                /** @description As printed; empty where it was withheld or deleted */
                name: string;
                /** @description As printed; empty for none */
                unit: string;
                /** @description As printed; empty for none */
                score: string;
                earned_at: components["schemas"]["ClockTime"];
                /** @description When a better one of its grade came */
                replaced_at: components["schemas"]["NoOrClockTime"];
            }[];
            /** @description To the questions that come after the contest's own */
            answers: {
                /** @description Its key where the contest asks it no more */
                question: string;
                chosen: string[];
                at: components["schemas"]["ClockTime"];
            }[];
            pledge: null | {
                name: string;
                number: number;
                signed_at: components["schemas"]["ClockTime"];
            };
            invitations: {
                counted: number;
                waiting: number;
                refused: number;
            };
        };
        /** @description What a guardian agrees to for a player under 14; absent where none is asked for */
        GuardianAsked: {
            version: string;
            text: string;
        };
        /** @enum {string} */
        FieldKind: "name" | "phone" | "address" | "id" | "choice" | "text";
        Told: {
            key: string;
            label: string;
            /** @enum {string} */
            kind: "name" | "phone" | "address" | "id" | "text" | "guardian";
            value: string;
            consented_at: components["schemas"]["Time"];
        };
        RespondRequest: {
            /** @description Id of the question that the ticket is for */
            question: string;
            /** @description Ids: of the option; of all right ones for multiple; of all in order for ordering; for matching one of matches for each option in turn */
            options?: string[];
            blanks?: string[];
            /**
             * @description Whether the reply shall hold the next question; false: it waits until it is asked for
             * @default true
             */
            next: boolean;
            /**
             * @description From asking for the question until it stood before the player, pictures too. It puts the deadline off, by load_ms at most, and changes no time that ranks
             * @default 0
             */
            shown_ms: number;
        } | unknown | unknown;
        ReportRequest: {
            /** @description Id of the question that the ticket is for */
            question: string;
            reason: components["schemas"]["ReportReason"];
            /** @description At most 300 bytes, shown to staff alone */
            note?: string;
        };
        /** @enum {string} */
        ReportReason: "answer" | "wording" | "options" | "outdated" | "other";
        Home: {
            server_time: components["schemas"]["Time"];
            contest: components["schemas"]["Contest"];
            levels: components["schemas"]["Level"][];
            me: null | components["schemas"]["Me"];
            /** @description How a person is proven here; absent where everybody is a guest */
            proof?: {
                /** @description Those that the contest takes and this server offers */
                doors: components["schemas"]["Door"][];
                /** @description What of the contest is for proven persons only */
                needed_for: ("pools" | "shop" | "drawings" | "invitations" | "boards" | "pots")[];
                /** @description By what the player is proven */
                proven: {
                    kind: components["schemas"]["ProofKind"];
                    /** @description The phone, masked; empty for other kinds */
                    hint: string;
                }[];
            };
            /** @description Of `current` alone: the contests to choose from; absent where one is meant */
            choice?: components["schemas"]["ContestLines"];
        };
        /** @enum {string} */
        ProofKind: "phone" | "wechat" | "account" | "staff";
        /** @description A way to prove a person */
        Door: {
            kind: components["schemas"]["ProofKind"];
            title: string;
            /** @description Of an account elsewhere: the provider's key */
            provider?: string;
        };
        /** @description Those that are open, the newest opened first; those in training and then those to come, the next first; the last 20 that are over, the one that ended last first */
        ContestLines: components["schemas"]["ContestLine"][];
        Tasks: {
            waits: {
                /** @description Appeals without an answer, and what another has proposed about players */
                cases?: number;
                /** @description What another has proposed about drawings */
                drawings?: number;
                /** @description What another wants to pay, to repeat or to mark as failed */
                payouts?: number;
                /** @description Prizes that lapse within three days because nobody has claimed them */
                claims?: number;
                /** @description Prizes of pools of which a tenth or less is left */
                pools?: number;
            };
        };
        Webhook: {
            /** @description Of which service; empty: none is set up */
            robot: string;
            host: string;
            /** @description Messages carry the signature that 钉钉 asks for */
            signed: boolean;
            /** @description The newest first */
            messages: {
                text: string;
                made_at: components["schemas"]["Time"];
                /** @description UTC ms; 0: not yet */
                sent_at: number;
                tries: number;
                /** @description UTC ms; 0: there is no further try */
                next_at: number;
                /** @description What the last try came to, in words; empty for nothing */
                trouble: string;
            }[];
        };
        /** @description What happened on a day */
        CourseDay: {
            /** @description yyyymmdd; 0 for the whole contest */
            day: number;
            /** @description Who finished an attempt */
            players: components["schemas"]["Count"];
            /** @description Who finished their first */
            first: components["schemas"]["Count"];
            attempts: components["schemas"]["Count"];
            answers: components["schemas"]["Count"];
            correct: components["schemas"]["Count"];
            /** @description Attempts that were passed */
            passed: components["schemas"]["Count"];
            joined: components["schemas"]["Count"];
            /** @description Came by the link of a player */
            invited: components["schemas"]["Count"];
            /** @description Instant draws */
            drawn: components["schemas"]["Count"];
            /** @description Prizes that went out */
            won: components["schemas"]["Count"];
            pledged: components["schemas"]["Count"];
            shared: components["schemas"]["Count"];
        };
        /** @description What happened within an hour; at is when it begins */
        CourseHour: {
            at: components["schemas"]["Time"];
            /** @description Who finished an attempt */
            players: components["schemas"]["Count"];
            /** @description Who finished their first */
            first: components["schemas"]["Count"];
            attempts: components["schemas"]["Count"];
            answers: components["schemas"]["Count"];
            correct: components["schemas"]["Count"];
            /** @description Attempts that were passed */
            passed: components["schemas"]["Count"];
            joined: components["schemas"]["Count"];
            /** @description Came by the link of a player */
            invited: components["schemas"]["Count"];
            /** @description Instant draws */
            drawn: components["schemas"]["Count"];
            /** @description Prizes that went out */
            won: components["schemas"]["Count"];
            pledged: components["schemas"]["Count"];
            shared: components["schemas"]["Count"];
        };
        /** @description What happened in some hours of a day */
        CourseStretch: {
            hours: number;
            attempts: components["schemas"]["Count"];
            answers: components["schemas"]["Count"];
            correct: components["schemas"]["Count"];
            /** @description Who finished their first */
            first: components["schemas"]["Count"];
        };
        /** @description What players chose in a field of the definition that offers a choice */
        CourseChoice: {
            /** @description Empty: the standard classes, as sums of options */
            key: string;
            label: string;
            options: {
                title: string;
                /** @description 0 where it is hidden */
                people: components["schemas"]["Count"];
                /** @description The number would tell of few people */
                hidden: boolean;
            }[];
        };
        /** @description A channel or a division */
        CourseNamed: {
            key: string;
            name: string;
            /** @description Who finished an attempt */
            players: components["schemas"]["Count"];
            /** @description Who finished their first */
            first: components["schemas"]["Count"];
            attempts: components["schemas"]["Count"];
            answers: components["schemas"]["Count"];
            correct: components["schemas"]["Count"];
            /** @description Attempts that were passed */
            passed: components["schemas"]["Count"];
        };
        /** @description A unit with all below it; hidden where it would tell of few people */
        CourseUnit: {
            id: string;
            name: string;
            path: string;
            /** @description 0 when it is not known of all */
            heads: components["schemas"]["Count"];
            hidden: boolean;
            players: components["schemas"]["Count"];
            /** @description Players of the headcount */
            rate: number | null;
            accuracy: number | null;
        };
        /** @description What the contest is to reach; 0 where that is not set */
        Target: {
            /** @description Over the whole contest */
            players: number;
            /** @description Of the people of each unit */
            percent: number;
        };
        Knowledge: {
            /** @description Of levels that ask everybody the same questions */
            papers: {
                title: string;
                people: components["schemas"]["Count"];
                items: components["schemas"]["Count"];
                /** @description Cronbach's alpha */
                alpha: number;
                /** @description Standard error of a total, in questions */
                error: number;
            }[];
            people: components["schemas"]["Count"];
            /** @description That figures are told of */
            questions: components["schemas"]["Count"];
            /** @description Questions that too few have met */
            few: components["schemas"]["Count"];
            least: number;
            small: number;
            /** @description Those with advice first, then the hardest */
            items: {
                bank: string;
                id: string;
                stem: string;
                answers: components["schemas"]["Count"];
                /** @description Share right */
                facility: number;
                /** @description Standard error of the facility */
                error: number;
                low: number;
                /** @description Low to high is the interval of 95 % */
                high: number;
                /** @description Correlation with the rest of the person */
                discrimination: number | null;
                mean_ms: components["schemas"]["Count"];
                /** @description How many of the weakest and the best 27 % and of those between chose each */
                options: {
                    text: string;
                    right: boolean;
                    weak: components["schemas"]["Count"];
                    middle: components["schemas"]["Count"];
                    good: components["schemas"]["Count"];
                }[];
                advice: {
                    /** @enum {string} */
                    code: "key" | "weak" | "option" | "lure" | "easy" | "today";
                    text: string;
                }[];
            }[];
            /** @description What most people have wrong */
            facts: {
                bank: string;
                /** @description Of the question in its bank */
                id: string;
                stem: string;
                answer: string;
                explanation: string;
                source: string;
                wrong: number;
            }[];
            topics: {
                topic: string;
                /**
                 * @description Of whom; empty for all
                 * @enum {string}
                 */
                by: "" | "unit" | "division" | "audience" | "week";
                name: string;
                people: components["schemas"]["Count"];
                answers: components["schemas"]["Count"];
                share: number;
                low: number;
                high: number;
                /** @description Questions that the same people met again */
                again: components["schemas"]["Count"];
                /** @description Of these right at first */
                again_first: components["schemas"]["Count"];
                /** @description Of these right at last */
                again_last: components["schemas"]["Count"];
            }[];
        };
        Course: {
            at: components["schemas"]["Time"];
            opens_at: components["schemas"]["Time"];
            closes_at: components["schemas"]["Time"];
            whole: components["schemas"]["CourseDay"];
            today: components["schemas"]["CourseDay"];
            so_far: components["schemas"]["CourseStretch"];
            day_before: components["schemas"]["CourseStretch"];
            hours: components["schemas"]["CourseHour"][];
            days: components["schemas"]["CourseDay"][];
            channels: components["schemas"]["CourseNamed"][];
            divisions: components["schemas"]["CourseNamed"][];
            choices: components["schemas"]["CourseChoice"][];
            /** @description Of the first level */
            units: components["schemas"]["CourseUnit"][];
            /** @description Units that take part less than percent of their people */
            behind: {
                /** @description 0 where there is nothing to hold them against */
                percent: number;
                /** @description The organizer has set it; else it is half of what all reach */
                own: boolean;
                /** @description The level of the units */
                depth: number;
                /** @description Beyond those listed */
                more: components["schemas"]["Count"];
                units: components["schemas"]["CourseUnit"][];
            };
            target: components["schemas"]["Target"];
            stock: {
                key: string;
                title: string;
                units: components["schemas"]["Count"];
                out: components["schemas"]["Count"];
            }[];
            /** @description Questions of this contest with many open reports */
            reported: {
                bank: string;
                id: string;
                stem: string;
                reports: number;
            }[];
        };
        Messages: {
            /** @description Codes can be sent (--sms) */
            configured: boolean;
            /** @description Most messages a day */
            budget: number;
            used: number;
            /** @description Nothing is sent until midnight */
            spent: boolean;
            sent: number;
            /** @description The provider gave no clear answer */
            unsure: number;
            failed: number;
            /** @description The newest failure that staff have to look at, unless messages went out since */
            trouble: null | {
                at: components["schemas"]["Time"];
                /** @description The provider's code; empty where there is none */
                code: string;
                /** @description What to look at */
                look: string;
            };
        };
        ContestLine: {
            slug: string;
            title: string;
            organizer: string;
            /** @enum {string} */
            phase: "upcoming" | "training" | "open" | "closed";
            opens_at: components["schemas"]["Time"];
            closes_at: components["schemas"]["Time"];
            /** @description Of a rehearsal, which only the console lists */
            rehearsal?: boolean;
        };
        Contest: {
            slug: string;
            title: string;
            subtitle: string;
            organizer: string;
            contact: string;
            opens_at: components["schemas"]["Time"];
            closes_at: components["schemas"]["Time"];
            /** @enum {string} */
            phase: "upcoming" | "training" | "open" | "closed";
            /** @description Sentences for the rules page */
            rules: string[];
            /** @description What a unit is called here */
            unit_label: string;
            /** @description Who does not find the unit may type its name */
            unit_typed?: boolean;
            /** @description Whether the unit is asked for */
            units: boolean;
            boards: components["schemas"]["Board"][];
            asks: components["schemas"]["Asks"];
            gains: components["schemas"]["Gains"];
            /** @description Before the contest; attempts in it count for nothing */
            training: null | {
                opens_at: components["schemas"]["Time"];
                closes_at: components["schemas"]["Time"];
            };
            /** @description Title of the contest's pledge; absent where there is none */
            pledge?: string;
            /** @description How many spots can be found; absent for none */
            spots?: number;
            /** @description What teams are called that players form; absent for none */
            teams?: string;
            /**
             * @description Units meet in rounds; absent where they do not
             * @constant
             */
            pairings?: true;
            /**
             * @description It has lists that everybody may see; absent without
             * @constant
             */
            lists?: true;
            /** @description How many questions are asked after something is finished; absent for none */
            polls?: number;
            /** @description It has live quizzes; its rooms are listed apart */
            live?: boolean;
            /** @description It is a rehearsal of a contest; nothing in it counts */
            rehearsal?: boolean;
            /** @description Of a rehearsal: what a page's address brings as ?pass= to be let in */
            pass?: string;
        };
        /** @description A live room as everybody may see it */
        LiveRoom: {
            room: string;
            contest: string;
            /** @description Grows with each change that is told of */
            seq: number;
            server_time: components["schemas"]["Time"];
            title: string;
            /** @enum {string} */
            mode: "points" | "elimination";
            /** @description Six digits; empty when it is over */
            code: string;
            locked: boolean;
            rehearsal: boolean;
            /** @description Of a rehearsal: what a page's address brings as ?pass= to be let in */
            pass?: string;
            /** @enum {string} */
            phase: "lobby" | "ready" | "open" | "paused" | "closed" | "revealed" | "standings" | "podium" | "over";
            /** @enum {string} */
            kind: "" | "normal" | "warmup" | "revival";
            /** @description Questions asked, this one included; 0: none yet */
            round: number;
            /** @description Of the question among those planned; 0: none, or a warm-up */
            number: number;
            questions: number;
            members: number;
            connected: number;
            /** @description Who is left */
            alive: number;
            answered: number;
            /** @description 0: not yet known */
            opens_at: number;
            closes_at: number;
            limit_ms: number;
            /** @description An answer may be changed until the close */
            change: boolean;
            /** @description 0: when the host begins */
            starts_at: number;
            /** @enum {string} */
            runs: "host" | "clock";
            confirmed: boolean;
            host: string;
            /** @description Who leads is at the desk, or nobody has to */
            host_here: boolean;
            message: string;
            /** @description Numbers of questions that do not count */
            voided: number[];
            sealed?: components["schemas"]["LiveSealed"];
            /** @description Opens the sealed question, base64; from the opening on */
            key?: string;
            question?: components["schemas"]["LiveQuestion"];
            reveal?: components["schemas"]["LiveReveal"];
            standings?: components["schemas"]["LiveStandings"];
            help?: components["schemas"]["LiveHelp"];
            /** @description Names of who came last; screens in the lobby */
            newest?: string[];
        };
        /** @description The JSON of a LiveQuestion, AES-256-GCM, base64. A push at the opening leaves it out. */
        LiveSealed: {
            round: number;
            iv: string;
            data: string;
        };
        /** @description A question, its options under the letters of their places, the same for everybody */
        LiveQuestion: {
            round: number;
            /** @enum {string} */
            kind: "single" | "multiple" | "indefinite" | "truefalse" | "fill" | "ordering";
            stem: string;
            image: string;
            /** @description What the picture shows, for who cannot see it; may be empty */
            image_alt: string;
            options: components["schemas"]["Option"][];
            blanks: number;
            topic: string;
        };
        /** @description How many chose an option */
        LiveBar: {
            id: string;
            count: number;
        };
        /** @description What was right, and what people chose */
        LiveReveal: {
            right: string[];
            blanks: string[];
            explanation: string;
            source: string;
            bars: components["schemas"]["LiveBar"][];
            answered: number;
            correct: number;
        };
        /** @description What those who are out chose */
        LiveHelp: {
            bars: components["schemas"]["LiveBar"][];
        };
        LivePlaced: {
            number: number;
            rank: number;
            name: string;
            points: number;
            right: number;
        };
        LiveTeam: {
            rank: number;
            name: string;
            points: number;
            players: number;
        };
        LiveStandings: {
            top: components["schemas"]["LivePlaced"][];
            teams: components["schemas"]["LiveTeam"][];
        };
        /** @description How a player stands in a room. What a push leaves out stays as the last snapshot said. */
        LiveMe: {
            number: number;
            name?: string;
            /** @description Empty for none */
            unit?: string;
            since_round: number;
            may_answer: boolean;
            watching: boolean;
            alive: boolean;
            out_round: number;
            answer?: components["schemas"]["LiveAnswer"];
            result: null | components["schemas"]["LiveResult"];
            points: number;
            right: number;
            rank: number;
            of: number;
            team: null | components["schemas"]["LiveOwnTeam"];
            revival?: components["schemas"]["LiveRevival"];
            removed: boolean;
            /** @description Of a pot of money; 0: none */
            share_cents: number;
            /** @description Of a pot of points; 0: none */
            share_points: number;
        };
        /** @description What a player has answered; round 0: nothing yet */
        LiveAnswer: {
            round: number;
            revision: number;
            options: string[];
            blanks: string[];
        };
        LiveResult: {
            round: number;
            answered: boolean;
            correct: boolean;
            points: number;
            used_ms: number;
        };
        LiveOwnTeam: {
            name: string;
            rank: number;
            points: number;
        };
        /** @description Cards that bring back who is out */
        LiveRevival: {
            may: boolean;
            left: number;
        };
        /** @description A room, and how the player stands in it */
        LiveSnapshot: {
            room: components["schemas"]["LiveRoom"];
            me: null | components["schemas"]["LiveMe"];
            /** @description When to ask again, for a page without a stream */
            poll_ms: number;
        };
        /** @description A room as its host sees it */
        LiveHost: {
            room: components["schemas"]["LiveRoom"];
            /** @description What may be done now, the usual next one first */
            steps: ("ready" | "warmup" | "revival" | "open" | "pause" | "resume" | "extend" | "close" | "reveal" | "standings" | "skip" | "reopen" | "void" | "unvoid" | "rekey" | "help" | "podium" | "confirm" | "reset" | "lock" | "unlock" | "delay" | "take" | "end")[];
            /** @description The usual next step; empty for none */
            next: string;
            question: null | components["schemas"]["LiveQuestion"];
            right: string[];
            blanks: string[];
            explanation: string;
            source: string;
            bars: components["schemas"]["LiveBar"][];
            correct: number;
            upcoming: components["schemas"]["LiveUpcoming"][];
            rounds: components["schemas"]["LivePast"][];
            /** @description Phones that hold the question */
            held: number;
            delay_ms: number;
            nodes: components["schemas"]["LiveNode"][];
            /** @description This node does not hear the others, and follows them by reading */
            bus_silent: boolean;
            networks: components["schemas"]["LiveNetwork"][];
            hosting: components["schemas"]["LiveHosting"];
            log: components["schemas"]["LiveLogged"][];
            /** @description How far what the confirmed result gives has been given; null: nothing is left to give */
            crediting: null | components["schemas"]["LiveCrediting"];
        };
        /** @description Players of a confirmed room who wait for what it gives them */
        LiveCrediting: {
            left: number;
            of: number;
        };
        LiveUpcoming: {
            number: number;
            /** @enum {string} */
            kind: "single" | "multiple" | "indefinite" | "truefalse" | "fill" | "ordering";
            stem: string;
        };
        /** @description A round that was asked */
        LivePast: {
            round: number;
            number: number;
            /** @enum {string} */
            kind: "normal" | "warmup" | "revival";
            voided: boolean;
            skipped: boolean;
            scored: boolean;
            answered: number;
            correct: number;
            question: null | components["schemas"]["LiveQuestion"];
            right: string[];
        };
        /** @description A node that serves phones of the room; owner takes the steps that time brings */
        LiveNode: {
            node: string;
            connected: number;
            held: number;
            owner: boolean;
        };
        LiveNetwork: {
            network: string;
            members: number;
        };
        /** @description Who leads; me where it is who asks, or nobody yet */
        LiveHosting: {
            me: boolean;
            name: string;
        };
        /** @description A step that was taken; who is empty where time brought it */
        LiveLogged: {
            at: components["schemas"]["Time"];
            who: string;
            /** @enum {string} */
            what: "ready" | "warmup" | "revival" | "open" | "pause" | "resume" | "extend" | "close" | "reveal" | "standings" | "skip" | "reopen" | "void" | "unvoid" | "rekey" | "help" | "podium" | "confirm" | "reset" | "lock" | "unlock" | "delay" | "take" | "end" | "time" | "touch";
            detail: string;
        };
        /** @description A signature as others see it */
        Signer: {
            number: number;
            /** @description As the signer chose; empty where there is none to show */
            name: string;
        };
        /** @description A player's own signature */
        Signature: {
            /** @description Running number in the contest */
            number: number;
            name: string;
            masked: boolean;
            signed_at: components["schemas"]["Time"];
            /** @description Place in its relay */
            depth: number;
            from: null | components["schemas"]["Signer"];
            /** @description For the link to hand on */
            code: string;
            /** @description Signatures that came of it; may be a second old */
            after: number;
            /** @description Those by its own link */
            direct: number;
            /** @description How many hands further the relay went */
            further: number;
            /** @description What was signed, as it stood then: no later version of the definition changes it */
            text: {
                /** @description Its title */
                contest: string;
                organizer: string;
                title: string;
                lines: string[];
            };
        };
        SignReply: {
            mine: components["schemas"]["Signature"];
            repeated: boolean;
            earned: components["schemas"]["Earned"][];
        };
        /** @description What was given for a deed; points, chances and tries as sums, each card by itself */
        Earned: {
            /** @enum {string} */
            kind: "points" | "chance" | "try" | "card" | "purse";
            amount: number;
            /** @description Title of the purse */
            purse?: string;
            /** @description Title of the card */
            card?: string;
        };
        Inviter: {
            rank: number;
            name: string;
            invited: number;
            me: boolean;
        };
        Funnel: {
            /** @description Phones, each once a day */
            opened: number;
            /** @description Players */
            joined: number;
            /** @description Finished a first attempt */
            tried: number;
            /** @description Passed an attempt */
            passed: number;
            drew: number;
        };
        DeskContest: {
            slug: string;
            title: string;
            organizer: string;
            /** @enum {string} */
            phase: "upcoming" | "training" | "open" | "closed";
            opens_at: components["schemas"]["Time"];
            closes_at: components["schemas"]["Time"];
            version: number;
            players: components["schemas"]["Count"];
            /** @description That runs now */
            rehearsal: null | components["schemas"]["DeskRehearsal"];
        };
        DeskRehearsal: {
            slug: string;
            players: components["schemas"]["Count"];
            /** @description Finished ones */
            attempts: components["schemas"]["Count"];
            /** @description Opens its pages as ?pass=, for all others they are not there; told to who may begin and end it */
            pass?: string;
        };
        ContestDifference: {
            /** @description Of the rules page */
            section: string;
            gone: string[];
            come: string[];
        };
        ContestChange: {
            version: number;
            at: components["schemas"]["Time"];
            reason: string;
            /** @description None where players notice nothing */
            differences: components["schemas"]["ContestDifference"][];
        };
        ContestPreview: {
            title: string;
            subtitle: string;
            organizer: string;
            opens_at: components["schemas"]["Time"];
            closes_at: components["schemas"]["Time"];
            levels: components["schemas"]["Level"][];
        };
        /** @description What the form of a contest remembers besides the text */
        ContestForm: {
            /** @description Somebody has looked at the preview */
            looked?: boolean;
            /** @description It was rehearsed */
            rehearsed?: boolean;
        };
        ContestDraft: {
            id: string;
            /** @description Slug of the contest that it changes; empty for a new one */
            contest: string;
            base: number;
            revision: number;
            title: string;
            saved_by: string;
            saved_at: components["schemas"]["Time"];
            created_at: components["schemas"]["Time"];
            /** @description For somebody to agree that it is published */
            waiting: boolean;
            /** @description Now */
            rehearsed: boolean;
        };
        ContestDraftPage: {
            draft: components["schemas"]["ContestDraft"];
            text: string;
            form: components["schemas"]["ContestForm"];
            approval: {
                needed: boolean;
                asked: null | {
                    by: string;
                    at: components["schemas"]["Time"];
                    reason: string;
                    /** @description Of the text that would be published */
                    hash: string;
                    /** @description Who looks has asked, or wrote it last */
                    own: boolean;
                };
            };
            links: components["schemas"]["DraftLink"][];
            rehearsal: null | components["schemas"]["DeskRehearsal"];
        };
        DraftLink: {
            id: string;
            made_by: string;
            made_at: components["schemas"]["Time"];
            ends_at: components["schemas"]["Time"];
        };
        FormPlace: {
            sheet: string;
            /** @description As B4 */
            cell: string;
            /** @description Of a figure */
            name: string;
        };
        FilledForm: {
            id: string;
            /** @description Of the file */
            name: string;
            uploaded_at: components["schemas"]["Time"];
            revision: number;
            /** @description Cells that were picked */
            places: components["schemas"]["FormPlace"][];
            /** @description Empty cells beside the name of a figure */
            suggested: components["schemas"]["FormPlace"][];
            /** @description Cells that are filled */
            filled: number;
            findings: {
                sheet: string;
                /** @description Empty where it is of all of the sheet */
                cell: string;
                /** @description The cell is not filled */
                wrong: boolean;
                message: string;
            }[];
            sheets: {
                name: string;
                hidden: boolean;
                rows: {
                    text: string;
                    formula: boolean;
                    across: number;
                    down: number;
                    /** @description The cell that it is merged into */
                    within: string;
                }[][];
            }[];
            figures: {
                name: string;
                measure: string;
                value: number;
            }[];
        };
        EntriesItem: {
            /** @description Its name everywhere */
            title: string;
            /** @description Of what it is a number, as 场 */
            measure: string;
        };
        EntriesTotal: {
            title: string;
            /** @description Empty where it is no longer asked */
            measure: string;
            value: number;
        };
        EntriesPlan: {
            /** @description Units down to this depth report; 1 is the top */
            depth: number;
            items: components["schemas"]["EntriesItem"][];
            /** @description Every week from first_due until last_due; else once */
            weekly: boolean;
            /** @description UTC ms; 0 of one that is not weekly */
            first_due?: number;
            last_due: components["schemas"]["Time"];
            revision: number;
        };
        EntriesPeriod: {
            /** @description UTC ms; 0 of the first */
            begins_at: number;
            due_at: components["schemas"]["Time"];
            reported: number;
            /** @description Of those that reported */
            late: number;
            missing: number;
        };
        SnapshotLine: {
            /** @description The end of a period, or when somebody asked */
            for: components["schemas"]["Time"];
            taken_at: components["schemas"]["Time"];
            /** @description Empty where it was taken by itself */
            taken_by: string;
        };
        Entries: {
            /** @description Of the contest */
            title: string;
            plan: components["schemas"]["EntriesPlan"];
            /** @description What may be asked */
            standard: components["schemas"]["EntriesItem"][];
            /** @description Units that are asked */
            asked: number;
            /** @description Units of the contest */
            units: number;
            periods: components["schemas"]["EntriesPeriod"][];
            /** @description Over all periods */
            totals: components["schemas"]["EntriesTotal"][];
            /** @description The newest first */
            snapshots: components["schemas"]["SnapshotLine"][];
        };
        UnitLink: {
            /** @description Of the unit */
            id: string;
            name: string;
            /** @description For /fill#token; empty where it works and cannot be shown any more */
            token: string;
        };
        Caption: {
            /** @description Of the picture */
            id: string;
            text: string;
            /** @description The place */
            at: string;
            /** @description yyyymmdd */
            day: number;
        };
        UnitReport: {
            due_at: components["schemas"]["Time"];
            revision: number;
            reported_at: components["schemas"]["Time"];
            late: boolean;
            figures: components["schemas"]["EntriesTotal"][];
            note: string;
            pictures: components["schemas"]["Caption"][];
            /** @description What looks like a slip and was confirmed */
            odd: string[];
        };
        FillFigure: {
            title: string;
            value: number;
        };
        FillReport: {
            revision: number;
            reported_at: components["schemas"]["Time"];
            late: boolean;
            figures: components["schemas"]["FillFigure"][];
            note: string;
            pictures: components["schemas"]["Caption"][];
        };
        Fill: {
            contest: string;
            organizer: string;
            unit: string;
            items: components["schemas"]["EntriesItem"][];
            periods: {
                /** @description UTC ms; 0 of the first */
                begins_at: number;
                due_at: components["schemas"]["Time"];
                report: null | components["schemas"]["FillReport"];
            }[];
            /** @description Of a report */
            most_pictures: number;
        };
        DraftLook: {
            title: string;
            saved_at: components["schemas"]["Time"];
            /** @description Of the link */
            ends_at: components["schemas"]["Time"];
            /** @description Places that have to be mended */
            wrong: components["schemas"]["Count"];
            /** @description Serious ones that nobody answers for */
            concerns: components["schemas"]["Count"];
            rules: {
                title: string;
                lines: string[];
            }[];
            /** @description Null while something is wrong */
            preview: null | components["schemas"]["ContestPreview"];
            prizes: {
                title: string;
                kind: string;
                /** @description Cents; points of kind points */
                value: number;
                stock: number;
                photo: string;
            }[];
            /** @description Some questions of each level, without any right answer */
            samples: {
                level: string;
                questions: {
                    kind: string;
                    stem: string;
                    options: string[];
                }[];
            }[];
        };
        ContestCheck: {
            /** @description Empty while something is wrong */
            slug: string;
            /** @description The text as a tree of plain values, for a form; null while it cannot be read */
            values: unknown;
            findings: {
                line: number;
                /** @description As levels[2].pass */
                path: string;
                /** @description The same in words */
                place: string;
                message: string;
            }[];
            concerns: {
                /** @description What accept names */
                code: string;
                line: number;
                path: string;
                place: string;
                /** @enum {string} */
                severity: "warning" | "serious";
                message: string;
                /** @description What it rests on */
                rule: string;
                accepted: null | {
                    by: string;
                    why: string;
                };
            }[];
            rules: {
                title: string;
                lines: string[];
            }[];
            /** @description What a stranger's phone would show on the first day; null while something is wrong */
            preview: null | components["schemas"]["ContestPreview"];
            /** @description What would change of the contest of this slug; null for a new one */
            stored: null | components["schemas"]["ContestComparison"];
        };
        ContestComparison: {
            version: number;
            differences: components["schemas"]["ContestDifference"][];
            consequences: {
                path: string;
                message: string;
                /** @description It takes something from players, or could give twice */
                grave: boolean;
            }[];
            /** @description How much was played by what would change; null unless asked for */
            figures: null | {
                players: components["schemas"]["Count"];
                levels: {
                    key: string;
                    title: string;
                    /** @description Attempts begun today */
                    today: components["schemas"]["Count"];
                    all: components["schemas"]["Count"];
                    under_way: components["schemas"]["Count"];
                }[];
                earnings: {
                    key: string;
                    players: components["schemas"]["Count"];
                    times: components["schemas"]["Count"];
                }[];
            };
        };
        Channel: {
            code: string;
            name: string;
            kind: string;
            created_at: components["schemas"]["Time"];
            /** @description Of the link, below the host */
            path: string;
            /** @description The same in few characters, for text messages */
            short: string;
            /** @description Messages that went out, as staff typed it; 0: not told */
            sent: number;
            funnel: components["schemas"]["Funnel"];
        };
        Board: {
            key: string;
            title: string;
            /** @enum {string} */
            subject: "player" | "unit" | "team";
            /** @description In what a score is counted: 分, 积分, 人, 次, 秒, % or the title of a purse, and 分/人 and the like of averages a head; of %, in hundredths; of 秒, with one decimal, and less is better; of averages a head, and of 分 where some answer is worth 2.5, with one decimal */
            measure: string;
            /** @description Whether there is a ranking of each day too */
            daily: boolean;
        };
        /** @description What there is to gain */
        Gains: {
            earnings: {
                /** @enum {string} */
                for: "attempt" | "checkin" | "share" | "invite" | "pledge" | "found" | "profile" | "list";
                text: string;
            }[];
            cards: {
                key: string;
                title: string;
            }[];
            /** @description Some are earned */
            points: boolean;
            /** @description There are pools to draw from */
            draws: boolean;
            /** @description Keys of the purses that pay for something in the shop; empty for the points */
            buys: string[];
            /** @description There is something to win */
            prizes: boolean;
            /** @description Some of it is given in public drawings */
            drawings: boolean;
        };
        Level: {
            key: string;
            title: string;
            /** @enum {string} */
            place: "家庭" | "社区" | "学校" | "农村" | "企业" | "综合";
            summary: string;
            questions: number;
            /** @description Right answers needed */
            pass: number;
            full_score: number;
            /** @description Time to think about one question */
            question_ms: number;
            /** @description The level's own bound in its period, a day where nothing else is said; 0: none */
            tries_per_day: number;
            /** @description What to know before it: what passes it, ends it, is asked again */
            notes: string[];
            /** @enum {string} */
            state: "locked" | "open" | "passed";
            /** @description In words; empty where it may be played */
            locked_reason: string;
            best_score: components["schemas"]["Score"];
            stars: number;
            /** @description By the tightest bound, those over all levels too; 9999: no bound */
            tries_left: number;
            /** @description The same in words; empty for no bound */
            tries_text: string;
            revive: components["schemas"]["Revive"];
            /** @description Whether an attempt waits to be resumed */
            under_way: boolean;
            /** @description It is for another division than the player's */
            foreign: boolean;
            /** @description It is for practice and counts for nothing; absent for false */
            practice?: boolean;
            /**
             * @description A whole paper, and question_ms is for all of it; absent: question by question
             * @enum {string}
             */
            mode?: "paper";
            /** @description Something is to be read or looked at before it (openMaterial); absent for false */
            material?: boolean;
        };
        MaterialRequest: {
            /**
             * @description What came with it the last time; what is not of this player and material is passed over
             * @default
             */
            seen: string;
        };
        Material: {
            /** @description Title of the level */
            level: string;
            title: string;
            /** @description Paragraphs */
            text: string[];
            /** @description Name for /images; empty for none */
            picture: string;
            /** @description What the picture shows */
            alt: string;
            /** @description Address; empty for none */
            sound: string;
            /** @description Address; empty for none */
            film: string;
            /** @description How long it stands before the level may begin */
            least_ms: number;
            /** @description What of that is left now; 0 while an attempt is under way */
            wait_ms: number;
            /** @description For startAttempt */
            seen: string;
            /** @description An attempt waits to be resumed */
            under_way: boolean;
        };
        /**
         * @description What the player could do now to get another try; empty while there is one, and for nothing
         * @enum {string}
         */
        Revive: "" | "share" | "checkin" | "pledge" | "invite";
        Me: {
            nickname: string;
            /** @description What others see in place of the nickname; absent where they see it */
            shown_as?: string;
            name_state?: components["schemas"]["NameState"];
            unit: null | components["schemas"]["Unit"];
            /** @description As typed, while it waits to be found; else absent */
            unit_name?: string;
            score: components["schemas"]["Score"];
            passed_levels: number;
            /** @description Prizes that wait to be claimed or fetched; absent where none do */
            awards?: {
                count: number;
                /** @description Of count, for which the player has to tell something first */
                asks: number;
                /** @description When the first of them lapses, UTC ms; 0: none does */
                until: number;
            };
            /** @description Attempts that were answered faster than anybody reads, and wait for staff to look; absent for none */
            held?: number;
            /** @description Attempts at which staff has looked, and that do not count; absent for none */
            out?: number;
            /**
             * @description standing while the player is disqualified, undone for two weeks after that was taken back; else absent
             * @enum {unknown}
             */
            decision?: "standing" | "undone";
            /** @description Whether the unit can no longer be changed */
            unit_fixed: boolean;
            /** @description How often the unit may still be changed; -1 before the first attempt, when it is free */
            unit_changes: number;
            /** @description From when it may be changed again, UTC ms, where it only has to be waited for */
            unit_again_at?: number;
            /** @description Key; empty for none */
            division: string;
            /** @description Whether the division can no longer be changed */
            division_fixed: boolean;
            /** @description Keys of the fields that are filled in */
            filled: string[];
            /** @description Fields without which nothing can be played */
            missing_start: string[];
            /** @description Fields without which nothing is earned and no board shows the player */
            missing_earn: string[];
            /** @description A guardian agreed for this player, who is under 14; absent where none did */
            guardian?: boolean;
            /** @description All that were earned, spent ones too */
            points: number;
            /** @description Draws that wait */
            chances: number;
            /** @description Keys */
            cards: string[];
            /** @description Today */
            checked_in: boolean;
            rows?: components["schemas"]["DaysInRow"];
            /** @description Beside the points; absent for none */
            purses?: components["schemas"]["PurseHeld"][];
            /** @description What being on lists gave, in words; absent where it gave nothing */
            listed?: string[];
            /** @description Whether the profile is full and has earned what it earns; absent where it earns nothing */
            profile?: boolean;
            /** @description What is left of the bounds over all levels, in words */
            limits: string[];
            /** @description Those that the player holds, as they were printed when they were earned: no later version of the definition changes them. Of those of one grade the best that was reached; it has a number of its own, and the lesser one is in the export of what is held */
            certificates: components["schemas"]["Certificate"][];
        };
        /** @description What is kept beside the points; absent where the points are meant */
        Purse: {
            key: string;
            title: string;
        };
        PurseHeld: {
            key: string;
            title: string;
            /** @description What is there to spend */
            left: number;
        };
        /** @description The days on which the player checked in; absent where nothing hangs on days in a row */
        DaysInRow: {
            /** @description What it takes to make up a missed day; absent where that cannot be */
            makeup?: {
                /** @description In points, or of the purse */
                price: number;
                purse?: components["schemas"]["Purse"];
                /** @description Days that the player may still make up */
                left: number;
            };
            /** @description How many days in a row, up to today, or to yesterday while today is not over */
            row: number;
            /** @description The last seven days as far as they are of the contest, the oldest first, today last */
            days: {
                /** @description As yyyymmdd */
                day: number;
                /** @description Or it was made up */
                came: boolean;
                /** @description It can be made up, as far as the player has a day left; absent for false */
                missed?: boolean;
            }[];
        };
        /** @description What is printed on it; of one that is void neither name nor result is told */
        GenuineCertificate: {
            /**
             * @description `replaced`: genuine, and the holder reached a better one of its grade later; `void`: the holder is disqualified;
             *     `rehearsal`: issued in a rehearsal, so worth nothing; neither name nor result is told.
             * @enum {unknown}
             */
            state: "stands" | "replaced" | "void" | "rehearsal";
            /** @description Of its contest */
            slug: string;
            /** @description Its title, as printed */
            contest: string;
            organizer: string;
            number: string;
            title: string;
            text: string;
            /** @description Of the player: a nickname as printed, a real name masked, as 王*明; empty where there is none */
            name: string;
            /** @description `unit`: it is the certificate of a unit, which bears nobody's name */
            named: components["schemas"]["Naming"] | "unit";
            /** @description As printed; empty for none */
            unit: string;
            /** @description In points, as printed; empty where none is */
            score: string;
            /**
             * Format: int64
             * @description UTC milliseconds; 0 of one that is void
             */
            earned_at: number;
            /**
             * Format: int64
             * @description UTC milliseconds; 0 where no better one followed
             */
            replaced_at: number;
            /**
             * Format: int64
             * @description When the holder corrected the real name, UTC milliseconds; 0: never
             */
            corrected_at: number;
        };
        Honours: {
            /** @description Of the contest */
            title: string;
            organizer: string;
            /** @description The contest has closed, so it can be decided */
            over: boolean;
            /** @description Of the definition, in its order; then those decided by an earlier version */
            honours: {
                key: string;
                title: string;
                /** @description Title of the board; empty where the definition has the honour no more */
                board: string;
                /** @description Players who must count for a unit */
                people: number;
                /**
                 * Format: int64
                 * @description UTC milliseconds; 0: not yet
                 */
                decided_at: number;
                /**
                 * Format: int64
                 * @description UTC milliseconds; 0: not yet
                 */
                published_at: number;
                /** @description The first first; those that ranked equal share a place. Of an honour that is not decided they are those that would be awarded now, and only after the close */
                units: {
                    unit: string;
                    place: number;
                    class: string;
                    /** @description Stands large on the certificate */
                    title: string;
                    text: string;
                    /** @description Empty as long as nothing is decided */
                    number: string;
                    /** @description As of a Certificate; empty with the number */
                    code: string;
                }[];
            }[];
        };
        Certified: {
            units: {
                /** @description Id; `none`: players of none */
                unit: string;
                /** @description From the top of the tree down; empty for players of none */
                name: string;
                /** @description That stand, of players who are in it now */
                certificates: number;
            }[];
        };
        Sheets: {
            /** @description Of the contest */
            title: string;
            organizer: string;
            /** @description The certificates are worth nothing */
            rehearsal: boolean;
            /** @description Others follow the last one */
            more: boolean;
            certificates: {
                /** @description In full; empty while the player has not told the real name that it bears */
                name: string;
                /** @description As it stands on it; empty for none */
                unit: string;
                title: string;
                text: string;
                /** @description As of a Certificate */
                score: string;
                number: string;
                /** @description As of a Certificate */
                code: string;
                earned_at: components["schemas"]["Time"];
            }[];
        };
        Certificate: {
            key: string;
            title: string;
            text: string;
            /** @description Unique over all contests */
            number: string;
            /** @description Printed beside the number: with both anybody sees at /cert/NUMBER-CODE that it is genuine */
            code: string;
            /** @description Of the player, as printed; empty where there is none */
            name: string;
            named: components["schemas"]["Naming"];
            /** @description As printed; empty for none */
            unit: string;
            /** @description Its title, as printed */
            contest: string;
            organizer: string;
            /**
             * @description In points, as printed, as 92.5; empty where the definition prints none
             * @example 92.5
             */
            score: string;
            earned_at: components["schemas"]["Time"];
            /**
             * Format: int64
             * @description When its real name was corrected, UTC milliseconds; 0: never, so it can be
             */
            corrected_at: number;
        };
        /**
         * @description What stands on a certificate as the name: `waiting` for the player to tell the real name that it bears, `deleted`
         *     by the player, in time, or because the certificate is void
         * @enum {unknown}
         */
        Naming: "nickname" | "waiting" | "real" | "deleted";
        /**
         * @description What became of a name: empty while nobody has looked, approved by staff; others see an alias of one that is
         *     unfit (it holds a refused word), hidden by staff, or waiting (chosen after one was hidden)
         * @enum {unknown}
         */
        NameState: "" | "approved" | "unfit" | "hidden" | "waiting";
        PublicName: {
            player: string;
            nickname: string;
            state: components["schemas"]["NameState"];
            /** @description What others see on phones */
            shown_as: string;
            /** @description What the hall sees */
            on_screen: string;
            /** @description Path; empty for none */
            unit: string;
            joined_at: components["schemas"]["Time"];
            /** @description Under the pledge; null without one */
            signature: null | {
                number: number;
                name: string;
                state: components["schemas"]["NameState"];
                on_screen: string;
            };
        };
        ListFile: {
            sha256: string;
            applied: boolean;
            /** @description Who comes onto the list */
            fresh: number;
            /** @description Who is on it already */
            same: number;
            /** @description Of units: whom staff took off before; they stay off */
            off: number;
            /** @description Units that it names; empty for a file of players */
            units: {
                /** @description Its path */
                unit: string;
                /** @description Who belong to it or below */
                players: number;
            }[];
            unit_rows: number;
            wrong: {
                line: number;
                /** @description By which the row names somebody */
                text: string;
                why: string;
            }[];
            wrong_rows: number;
        };
        ParcelsFound: {
            sha256: string;
            applied: boolean;
            posted: number;
            /** @description Numbers that are put right */
            changed: number;
            same: number;
            wrong: {
                line: number;
                award: string;
                why: string;
            }[];
            wrong_rows: number;
        };
        Payout: {
            number: string;
            award: string;
            nickname: string;
            /** @description Masked */
            name: string;
            /** @description Of the phone number that it goes to */
            tail: string;
            way: string;
            /** @description Of yuan */
            cents: number;
            remark: string;
            state: components["schemas"]["BillState"];
            /** @description Receipt number, or why it failed */
            detail: string;
            turn: number;
            /** @description Number of the file that it is in; 0: none */
            file: number;
            /** @description It failed, and another bill was made since */
            replaced: boolean;
            made_at: components["schemas"]["Time"];
            changed_at: components["schemas"]["Time"];
        };
        PayoutAct: {
            id: string;
            /** @enum {unknown} */
            kind: "batch" | "failed" | "again" | "copy" | "payee" | "results";
            /** @description Number of the bill or of the file; the act's own id */
            subject: string;
            way: string;
            bills: number;
            /** @description Of yuan */
            cents: number;
            /** @description Why */
            words: string;
            /** @description Of a held bill: it goes to what the winner tells now */
            replace: boolean;
            /** @description Of what the winner tells now */
            tail: string;
            /** @description Of an operator's results: what failed */
            listed: components["schemas"]["ListedBill"][];
            /** @enum {unknown} */
            state: "proposed" | "approved" | "rejected";
            made_by: string;
            made_at: components["schemas"]["Time"];
            /** @description Who asks has proposed it */
            mine: boolean;
            decided_by: string;
            /** @description UTC ms; 0: not yet */
            decided_at: number;
            note: string;
        };
        PayoutFile: {
            number: number;
            bills: number;
            cents: number;
            sha256: string;
            made_by: string;
            made_at: components["schemas"]["Time"];
            downloads: number;
            /** @description That may be downloaded still */
            copies: number;
        };
        ListedBill: {
            bill: string;
            cents: number;
            words: string;
        };
        PayoutResults: {
            sha256: string;
            applied: boolean;
            paid: components["schemas"]["ListedBill"][];
            paid_bills: number;
            paid_cents: number;
            failed: components["schemas"]["ListedBill"][];
            failed_bills: number;
            failed_cents: number;
            /** @description Rows that say what stands already */
            same: number;
            /** @description Rows that failed and wait for a second person already */
            asked: number;
            wrong: {
                line: number;
                bill: string;
                why: string;
            }[];
            wrong_rows: number;
        };
        /** @enum {unknown} */
        BillState: "proposed" | "rejected" | "planned" | "pending" | "waiting" | "held" | "paid" | "failed";
        Look: {
            under_way: boolean;
            begun_at: number;
            /** @description Attempts seen so far */
            looked: number;
            /** @description When the last whole look ended */
            ended_at: number;
            /** @description Why the last one failed */
            problem: string;
        };
        Signal: {
            /** @enum {unknown} */
            kind: "haste" | "speed" | "sure" | "same" | "device" | "claims" | "network" | "names" | "phone" | "address" | "ring" | "rules";
            weight: number;
            /** @description What it rests on */
            evidence: unknown;
        };
        DrawingDoubt: {
            player: string;
            nickname: string;
            /** @description Has open signals */
            signals: boolean;
            /** @description Attempts that wait */
            held: number;
        };
        CasePerson: {
            player: string;
            nickname: string;
            unit: string;
        };
        CaseLine: {
            id: string;
            player: string;
            nickname: string;
            unit: string;
            /** @enum {unknown} */
            state: "open" | "proposed" | "standing" | "undone" | "closed";
            found_by: string;
            note: string;
            opened_by: string;
            opened_at: components["schemas"]["Time"];
            appealed_at: number;
            answered_at: number;
        };
        Evidence: {
            who: components["schemas"]["CasePerson"];
            signals: components["schemas"]["Signal"][];
            looked_at: number;
            finished: number;
            attempts: {
                id: string;
                level: string;
                finished_at: number;
                answered: number;
                correct: number;
                score: components["schemas"]["Score"];
                used_ms: number;
                passed: boolean;
                /** @description Questions that nobody can have read in the time */
                hasty: number;
            }[];
            came: null | {
                channel: string;
                inviter: null | components["schemas"]["CasePerson"];
                arrived_at: components["schemas"]["Time"];
                /** @description Players from the same phone, this one among them; 0: not known */
                same_here: number;
            };
            invited: {
                player: string;
                nickname: string;
                unit: string;
                state: string;
                arrived_at: number;
                finished: number;
            }[];
            awards: {
                id: string;
                prize: string;
                source: string;
                status: string;
                won_at: number;
            }[];
            /** @description What was earned, by kind */
            held: {
                [key: string]: number;
            };
            /** @description Whom the evidence names */
            others: components["schemas"]["CasePerson"][];
        };
        Unit: {
            id: string;
            name: string;
            /** @description Names from the top down, joined by ` / ` */
            path: string;
        };
        UnitNode: {
            id: string;
            name: string;
            path: string;
            /** @description Whether there are units below; absent for none */
            children?: boolean;
        };
        StartRequest: {
            /**
             * @description The player plays in large type and wants its time; one under way keeps what it began with
             * @default false
             */
            large: boolean;
            /**
             * @description What openMaterial gave, where the level has a material
             * @default
             */
            seen: string;
        };
        Attempt: {
            /** @description It counts for nothing */
            training: boolean;
            /**
             * @description When right answers are shown
             * @enum {string}
             */
            feedback: "each" | "end" | "none";
            /** @description Wrong answers that end it; 0: none do */
            ends_wrong: number;
            /** @description Leaving ends it */
            ends_leave: boolean;
            /** @description Steps to the top of a stair; 0: no stair */
            goal: number;
            /** @description Steps down for a wrong answer */
            back: number;
            /** @description Right answers in a row that add streak_score; 0: none */
            streak_length: number;
            streak_score: components["schemas"]["Score"];
            /** @description Questions that stay right from the attempt before */
            kept: number;
            level: string;
            title: string;
            questions: number;
            pass: number;
            started_at: components["schemas"]["Time"];
            /** @description The last moment of all */
            deadline: components["schemas"]["Time"];
            /** @description How long a verdict may be read without the level's time going on; 0 where none is shown after an answer */
            review_ms: number;
            /**
             * @description What brings the next question after a verdict: the player or the end of review_ms; or the player alone
             * @enum {string}
             */
            next: "timer" | "player";
            /** @description Its time is that of large type */
            large: boolean;
        };
        Question: {
            id: string;
            position: number;
            kind: components["schemas"]["Kind"];
            material?: components["schemas"]["ToldMaterial"];
            /** @description Blanks are written ____ */
            stem: string;
            /** @description Name of its picture under /api/v1/images; empty for none */
            image: string;
            /** @description What the picture shows, for who cannot see it; may be empty */
            image_alt: string;
            /** @description Empty for fill */
            options: components["schemas"]["Option"][];
            /** @description The right side of a matching question; empty for other kinds */
            matches: components["schemas"]["Option"][];
            /** @description 0 unless fill */
            blanks: number;
            topic: string;
            /** @description Time to think, begun when the player is shown the question */
            limit_ms: number;
            deadline: components["schemas"]["Time"];
            /** @description By how much shown_ms may put the deadline off */
            load_ms: number;
        };
        /** @description What is read before a question, and others may share; absent for none. In a list the first question that has it tells it, the others only its id */
        ToldMaterial: {
            id: string;
            title?: string;
            /** @description Paragraphs */
            text?: string[];
            /** @description Name of its picture under /api/v1/images */
            image?: string;
            image_alt?: string;
        };
        /** @enum {string} */
        Kind: "single" | "multiple" | "indefinite" | "truefalse" | "fill" | "ordering" | "matching";
        Option: {
            id: string;
            text: string;
            /** @description Name of its picture, shown beside the text; absent for none */
            image?: string;
        };
        Step: {
            server_time: components["schemas"]["Time"];
            resumed: boolean;
            attempt: components["schemas"]["Attempt"];
            correct: number | null;
            score: number | null;
            /** @description On a stair */
            steps: number | null;
            /** @description Right answers in a row */
            streak: number | null;
            wrong: number | null;
            /** @description Empty after the last question */
            ticket: string;
            question: null | components["schemas"]["Question"];
            whole?: components["schemas"]["Whole"];
            result: null | components["schemas"]["Result"];
        };
        /** @description A level that is a whole paper; absent for others, and once it is handed in */
        Whole: {
            /** @description In the order of the questions */
            sections: components["schemas"]["Section"][];
            questions: components["schemas"]["Question"][];
            /** @description What is stored */
            answers: components["schemas"]["SavedAnswer"][];
        };
        Section: {
            title: string;
            count: number;
            /** @description Of a right answer */
            worth: number;
        };
        SavedAnswer: {
            position: number;
            revision: number;
            /** @description Ids */
            options: string[];
            blanks: string[];
        };
        SaveRequest: {
            answers: {
                question: string;
                revision: number;
                options?: string[];
                blanks?: string[];
            }[];
        };
        Review: {
            title: string;
            finished_at: components["schemas"]["Time"];
            score: components["schemas"]["Score"];
            full_score: components["schemas"]["Score"];
            /** @description To report a question with */
            ticket: string;
            sections: components["schemas"]["Section"][];
            questions: {
                question: components["schemas"]["Question"];
                chosen: components["schemas"]["Choice"];
                verdict: components["schemas"]["Verdict"];
            }[];
        };
        RespondReply: {
            server_time: components["schemas"]["Time"];
            /** @description This answer had been given before */
            repeated: boolean;
            verdict: components["schemas"]["Verdict"];
            /** @description Of the attempt so far; null, as score, steps, streak and wrong, before its end where the contest tells later what was right */
            correct: number | null;
            /** @description Of the attempt so far */
            score: number | null;
            /** @description On a stair */
            steps: number | null;
            /** @description Right answers in a row */
            streak: number | null;
            wrong: number | null;
            /** @description Of the next question; empty after the last */
            ticket: string;
            /** @description Null after the last one and while it waits */
            question: null | components["schemas"]["Question"];
            result: null | components["schemas"]["Result"];
        };
        Verdict: {
            position: number;
            /** @description Null, as score, where the contest tells later what was right */
            correct: boolean | null;
            /** @description What the answer scored. Above 0 although it is not correct: right options are lacking and none is wrong; below 0: a wrong answer takes off. correct is true only of a wholly right one */
            score: number | null;
            /** @description Null where the contest shows answers later or never; explanation and source are empty then */
            right: null | components["schemas"]["Choice"];
            explanation: string;
            source: string;
            /** @description The answer came faster than anybody reads: what was right is told at the end. Three of them hold the attempt back */
            hasty: boolean;
        };
        Choice: {
            /** @description Ids */
            options: string[];
            /** @description One text a blank */
            blanks: string[];
        };
        Result: {
            level: string;
            title: string;
            passed: boolean;
            correct: number;
            questions: number;
            pass: number;
            score: components["schemas"]["Score"];
            full_score: number;
            /** @description No attempt before scored as much */
            best: boolean;
            /** @description Time taken over all questions */
            used_ms: number;
            stars: number;
            unlocked: {
                key: string;
                title: string;
            }[];
            /** @description As of the level */
            tries_left: number;
            finished_at: components["schemas"]["Time"];
            tries_text: string;
            revive: components["schemas"]["Revive"];
            /** @description It counted for nothing */
            training: boolean;
            /** @description Steps to the top of a stair; 0: no stair */
            goal: number;
            /**
             * @description What the next attempt asks after one that was not passed
             * @enum {string}
             */
            retry: "all" | "wrong";
            earned: components["schemas"]["Earned"][];
            /** @description False: what was right is not told, or not yet; correct, score, stars and best then say nothing */
            told: boolean;
            /** @description False: passed says nothing either */
            passed_told: boolean;
            /**
             * @description waits: it was answered faster than anybody reads, and counts once staff has looked; out: staff has looked, and it does not count
             * @enum {string}
             */
            held: "" | "waits" | "out";
            /** @description Of a whole paper, where they may be told; else absent */
            sections?: {
                title: string;
                count: number;
                worth: number;
                correct: number;
                /** @description In points; below 0 where wrong answers took off more than right ones gave */
                score: number;
            }[];
            /** @description From when a whole paper may be looked at again with what was right, UTC ms; absent: not at all */
            review_at?: number;
        };
        HeldAttempt: {
            id: string;
            player: string;
            /** @description Empty for one who has left */
            nickname: string;
            unit: string;
            /** @description Title */
            level: string;
            started_at: components["schemas"]["Time"];
            finished_at: components["schemas"]["Time"];
            questions: number;
            answered: number;
            correct: number;
            score: components["schemas"]["Score"];
            /** @description What came faster than anybody reads */
            hasty: {
                position: number;
                stem: string;
                used_ms: number;
                /** @description What reading it takes at least */
                least_ms: number;
                /** @description Passed over, without an answer */
                passed: boolean;
                correct: boolean;
            }[];
        };
        Mistake: {
            kind: components["schemas"]["Kind"];
            material?: components["schemas"]["ToldMaterial"];
            stem: string;
            image: string;
            /** @description What the picture shows, for who cannot see it; may be empty */
            image_alt: string;
            options: components["schemas"]["Option"][];
            matches: components["schemas"]["Option"][];
            blanks: number;
            right: components["schemas"]["Choice"];
            chosen: components["schemas"]["Choice"];
            explanation: string;
            source: string;
            topic: string;
            /** @description How often it was wrong */
            times: number;
        };
        Pairing: {
            key: string;
            title: string;
            /** @description Title of its period */
            round: string;
            /** @description Who meets whom, in words */
            says: string;
            /**
             * Format: int64
             * @description UTC ms, as are the others
             */
            opens_at: number;
            /** Format: int64 */
            closes_at: number;
            /**
             * Format: int64
             * @description 0: not yet
             */
            decided_at: number;
            /** @description As of a board */
            measure: string;
            /** @description Totals are not there now */
            late: boolean;
            /** @description Why it is not known who meets whom; empty once it is */
            waits: string;
            pairs: components["schemas"]["Pair"][];
        };
        Pair: {
            place: number;
            first: components["schemas"]["PairSide"];
            /** @description null: it has no opponent and goes on */
            second: null | components["schemas"]["PairSide"];
            /** @description Staff changed who won */
            corrected: boolean;
        };
        PairSide: {
            unit: string;
            /** @description null: not on the board of the round */
            score: null | number;
            /** @description It goes on */
            won: boolean;
            /** @description Of who asks */
            mine: boolean;
        };
        PublicList: {
            key: string;
            title: string;
            /** @description Who is on it, in words */
            says: string;
            /**
             * Format: int64
             * @description UTC ms, when it is made; 0: no time is fixed
             */
            at: number;
            /**
             * Format: int64
             * @description UTC ms; 0: not yet, and of a list that staff makes
             */
            made_at: number;
            /** @description It is told who is on it */
            open: boolean;
            /** @description Players on it */
            total: number;
            /** @description Who asks is on it */
            mine: boolean;
            /** @description Of who asks, from 1; 0: none */
            place: number;
        };
        PublicListPage: {
            server_time: components["schemas"]["Time"];
            list: components["schemas"]["PublicList"];
            /** @description What its units or teams are called; empty where it took none */
            group: string;
            /** @description Units or teams that the list took of its board, by their place */
            units: string[];
            more: boolean;
            /** @description Of the first 10000 */
            players: {
                /** @description From 1; 0: none */
                place: number;
                name: string;
                /** @description Empty for none */
                unit: string;
                me: boolean;
            }[];
        };
        BoardPage: {
            server_time: components["schemas"]["Time"];
            board: string;
            title: string;
            /** @enum {string} */
            subject: "player" | "unit" | "team";
            /** @description Averages a head are rounded to one decimal and rank by the thousandth */
            measure: string;
            /** @description Empty for the whole contest and for rounds */
            day: string;
            /** @description The round that is shown; of a board that ranks weeks or the contest's periods by themselves */
            round?: string;
            /** @description Those that have begun, the newest first */
            rounds?: {
                round: string;
                title: string;
            }[];
            total: components["schemas"]["Count"];
            /** @description Totals of finished attempts are still on their way */
            late: boolean;
            entries: components["schemas"]["Place"][];
            me: null | {
                /** Format: int64 */
                rank: number;
                score: components["schemas"]["Score"];
                /** @description Two above, itself, two below */
                around: components["schemas"]["Place"][];
            };
        };
        Place: {
            /** Format: int64 */
            rank: number;
            name: string;
            /** @description Name of the player's unit; empty for none and on boards of units */
            unit: string;
            score: components["schemas"]["Score"];
            me: boolean;
            /**
             * Format: int64
             * @description Time used, where that ranks equals
             */
            used_ms?: number;
        };
        Stats: {
            server_time: components["schemas"]["Time"];
            players: components["schemas"]["Count"];
            attempts: components["schemas"]["Count"];
            answers: components["schemas"]["Count"];
            correct: components["schemas"]["Count"];
            passed: components["schemas"]["Count"];
        };
        /** @enum {string} */
        Role: "owner" | "organizer" | "host" | "prizes" | "payouts" | "booth" | "viewer";
        Member: {
            id: string;
            login: string;
            name: string;
            role: components["schemas"]["Role"];
            role_name: string;
            disabled: boolean;
            /** @description Signing in asks for a code of an app too */
            second_factor: boolean;
            permissions: string[];
        };
        StaffSession: {
            me: components["schemas"]["Member"];
            /** @description What the account still has to do; before it has, other calls say `password_change_needed` or `second_factor_needed` */
            standing: {
                /** @description Somebody else gave it; it has to be changed before anything else */
                first_password: boolean;
                /**
                 * Format: int64
                 * @description UTC ms until when a second factor has to be added; 0: none has to be
                 */
                second_due_at: number;
                second_overdue: boolean;
            };
        };
        OwnAccount: {
            me: components["schemas"]["Member"];
            places: {
                id: string;
                device: string;
                /** @description /24 in IPv4, /64 in IPv6 */
                network: string;
                created_at: components["schemas"]["Time"];
                used_at: components["schemas"]["Time"];
                /** @description The session that asks */
                here: boolean;
            }[];
            /** @description The role needs a second factor */
            second_needed: boolean;
            /**
             * Format: int64
             * @description UTC ms; 0: none has to be added
             */
            second_due_at: number;
            recovery_left: number;
        };
        BankVersion: {
            name: string;
            /** @description What people call the bank */
            title: string;
            version: number;
            questions: number;
            note: string;
            created_at: components["schemas"]["Time"];
        };
        /** @enum {string} */
        BankKind: "single" | "multiple" | "indefinite" | "truefalse" | "fill" | "ordering" | "matching";
        /** @description A question in the schema anquanda-bank/1 */
        BankQuestion: {
            id?: string;
            kind: components["schemas"]["BankKind"];
            material?: components["schemas"]["BankMaterial"];
            /** @description Blanks are written ____ */
            stem: string;
            image?: string;
            /** @description What the picture shows, for who cannot see it; may be empty */
            image_alt?: string;
            options?: string[];
            /** @description Pictures shown beside the options, one each, empty for none; of choices alone */
            option_images?: string[];
            matches?: string[];
            /** @description True where who asks may not see what is right before the contests that ask it have closed: answer, tolerance and explanation are left out, as is `hidden` itself otherwise */
            hidden?: boolean;
            /** @description Letters of options; true or false; of fill a list of accepted answers for each blank */
            answer?: string | boolean | string[][];
            /** @description A blank */
            tolerance?: number[];
            explanation?: string;
            source?: {
                /** @description In the bank's list of laws and standards */
                key?: string;
                title?: string;
                article?: string;
                version?: string;
                /** @description YYYY-MM-DD */
                effective?: string;
            };
            /** @description The first is the main one */
            topics?: string[];
            difficulty?: number;
            audience?: string[];
            score?: number;
            /** @description Ids of questions that are not asked on one paper with it */
            apart?: string[];
            /** @description Who checked it; never shown to players, and left out where `hidden` */
            review?: {
                by?: string;
                /** @description YYYY-MM-DD */
                on?: string;
                /** @description What it was held against */
                against?: string;
                /**
                 * @description How much of the source was seen: its text, what somebody quotes of it, nothing
                 * @enum {string}
                 */
                seen?: "text" | "quoted" | "none";
            };
        };
        /** @description What is read before the question; questions of one bank whose materials have one id share it, and a correction of one corrects it for all. It has a text, a picture or both */
        BankMaterial: {
            /** @description Empty for a new one: made of what it says */
            id: string;
            title?: string;
            /** @description A paragraph a line */
            text?: string;
            image?: string;
            image_alt?: string;
        };
        BankAgeing: {
            /** @description YYYY-MM-DD */
            on: string;
            groups: {
                /** @enum {string} */
                age: "source_superseded" | "source_not_in_force" | "source_unlisted" | "review_two_years_old" | "review_missing";
                questions: number;
                /** @description The first of them */
                listed: {
                    id: string;
                    stem: string;
                    why: string;
                }[];
            }[];
        };
        QuestionsById: {
            [key: string]: components["schemas"]["BankQuestion"];
        };
        Difference: {
            /** @description Ids */
            added: string[];
            /** @description Ids */
            changed: string[];
            /** @description Ids */
            removed: string[];
        };
        /** @enum {string} */
        DraftState: "ready" | "unreadable" | "imported";
        Draft: {
            id: string;
            file: string;
            format: string;
            encoding: string;
            state: components["schemas"]["DraftState"];
            staff: string;
            created_at: components["schemas"]["Time"];
            /** @description accepted + rejected */
            found: number;
            accepted: number;
            rejected: number;
            warned: number;
            codes: {
                code: string;
                title: string;
                severity: components["schemas"]["Severity"];
                rows: number;
            }[];
            /** @description Of the file as a whole */
            problems: components["schemas"]["Finding"][];
            /** @description How the file writes what may be written in several ways, and was read */
            conventions: components["schemas"]["Convention"][];
        };
        /** @description How a file is to be read; what is absent or empty is found from the file */
        Conventions: {
            /**
             * @description What an answer in digits means: the place of an option, or its text
             * @enum {string}
             */
            digits?: "" | "places" | "texts";
            /**
             * @description The digit that stands for true
             * @enum {string}
             */
            truth?: "" | "one" | "zero";
            /** @description What stands between options in one cell */
            separator?: string;
        };
        Convention: {
            /**
             * @description A key of Conventions
             * @enum {string}
             */
            name: "digits" | "truth" | "separator";
            value: string;
            /** @description Values that it may be given */
            choices: string[];
            sheet?: string;
            /** @description Of the row that decided it, or shows it first */
            line: number;
            cell: string;
            /** @description Of that row */
            text: string;
            /** @description That follow it */
            rows: number;
            /** @description By a person; otherwise found from the file */
            told: boolean;
        };
        /** @enum {string} */
        Severity: "error" | "warning";
        Finding: {
            file?: string;
            sheet?: string;
            /** @description From 1; 0 where it does not apply */
            line: number;
            cell: string;
            /** @description Among those found, from 1; 0 for the file */
            question: number;
            code: string;
            message: string;
            severity: components["schemas"]["Severity"];
            /** @description The beginning of the offending text */
            text?: string;
        };
        DraftRow: {
            /** @description Among those found */
            ordinal: number;
            line: number;
            accepted: boolean;
            /** @description A BankQuestion as far as it could be read */
            question: {
                [key: string]: unknown;
            };
            problems: components["schemas"]["Finding"][];
        };
        Readiness: {
            /** @enum {string} */
            status: "ready" | "away";
            checks: {
                /** @enum {string} */
                sql: "ok" | "away";
                /** @enum {string} */
                redis: "ok" | "away";
                /**
                 * @description By which nodes hint to each other that a live room moved
                 * @enum {string}
                 */
                bus: "ok" | "silent";
                /**
                 * @description Of the data folder; low is below 100 MB, and full, below 8 MB, takes the node out of service. elsewhere: the store is on another server, whose disk is watched there
                 * @enum {string}
                 */
                disk: "ok" | "low" | "full" | "unknown" | "elsewhere";
                /**
                 * @description lacks: another node writes by a key that this one does not hold
                 * @enum {string}
                 */
                keys: "ok" | "lacks";
            };
            /** @description Whether Redis runs in this process */
            embedded: boolean;
        };
    };
}
